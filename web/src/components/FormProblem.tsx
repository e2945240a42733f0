import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { sortFieldErrors } from '../lib/field-errors.ts';
import { hasCode, messageOf, Problem } from '../lib/problem.ts';
import { t } from '../lib/t.ts';
import classes from './FormProblem.module.css';
import { StatusStrip } from './StatusTag.tsx';

/**
 * What the API said about a form as a whole. Faults of single inputs stand beside those; a stale version is explained:
 * `now` shows what is there instead, or `onReload` brings it into the form.
 */
export function FormProblem(props: {
  error: unknown;
  inputs?: Readonly<Record<string, readonly string[]>>;
  onReload?: () => void;
  now?: ReactNode;
}): ReactElement | null {
  if (props.error === null || props.error === undefined) return null;
  if (hasCode(props.error, 'version_conflict')) return <Conflict onReload={props.onReload} now={props.now} />;
  return <Refusal error={props.error} inputs={props.inputs ?? {}} />;
}

function Refusal(props: { error: unknown; inputs: Readonly<Record<string, readonly string[]>> }): ReactElement {
  const fields = props.error instanceof Problem ? props.error.fields : [];
  const { byInput, rest } = sortFieldErrors(fields, props.inputs);
  const beside = fields.length > 0 && rest.length === 0;
  const marked = Object.keys(byInput).length > 0;
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where fields are marked, the focus goes to the first of them (`lib/use-form.ts`).
    if (props.error !== null && !marked) strip.current?.scrollIntoView({ block: 'nearest' });
  }, [props.error, marked]);
  return (
    <div role="alert" ref={strip} className={classes.refusal}>
      <StatusStrip tone="bad" icon="alert" title={beside ? t('common.form.markedFields') : messageOf(props.error)}>
        {rest
          .filter((text) => text !== messageOf(props.error))
          .map((text) => (
            <p key={text}>{text}</p>
          ))}
      </StatusStrip>
    </div>
  );
}

function Conflict({ onReload, now }: { onReload: (() => void) | undefined; now: ReactNode }): ReactElement {
  return (
    <div role="alert">
      <StatusStrip
        tone="warn"
        icon="refresh"
        title={t('common.form.changedMeanwhile')}
        action={
          onReload && (
            <Button variant="default" size="xs" onClick={onReload}>
              {t('common.form.loadCurrent')}
            </Button>
          )
        }
      >
        <p>{t('common.form.nothingSaved')}</p>
        {now}
      </StatusStrip>
    </div>
  );
}
