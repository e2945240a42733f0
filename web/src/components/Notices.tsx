import { Button, Loader } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useConnection } from '../lib/browser-connection.ts';
import { messageOf } from '../lib/problem.ts';
import { t } from '../lib/t.ts';
import { Icon, type IconName } from './Icon.tsx';
import classes from './Notices.module.css';

/** While something is fetched for the first time, or waits for a connection to be fetched over. */
export function Loading({ words }: { words: string }): ReactElement {
  const waits = useConnection() !== 'online';
  return (
    <div className={classes.notice} role="status">
      {!waits && <Loader size="sm" aria-hidden="true" />}
      <p>{waits ? t('common.connection.waits') : words}</p>
    </div>
  );
}

/** Nothing there, and what would bring something. */
export function Empty(props: { icon: IconName; title: string; children?: ReactNode }): ReactElement {
  return (
    <div className={classes.notice}>
      <span className={classes.emptyIcon}>
        <Icon name={props.icon} size={28} />
      </span>
      <p className={classes.title}>{props.title}</p>
      {props.children}
    </div>
  );
}

/** Something could not be fetched; `onRetry` asks again. */
export function Failure(props: { title: string; error: unknown; onRetry?: () => void }): ReactElement {
  return (
    <div className={classes.notice} role="alert" data-tone="bad">
      <span className={classes.failureIcon}>
        <Icon name="alert" size={28} />
      </span>
      <p className={classes.title}>{props.title}</p>
      <p>{messageOf(props.error)}</p>
      {props.onRetry !== undefined && (
        <Button variant="default" onClick={props.onRetry} leftSection={<Icon name="refresh" size={16} />}>
          {t('common.tryAgain')}
        </Button>
      )}
    </div>
  );
}
