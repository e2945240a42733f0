import { Button, Group } from '@mantine/core';
import type { ReactElement } from 'react';
import classes from './DialogButtons.module.css';

/** The way back out of a dialog, and what it is for. Always in sight, also when the dialog is longer than the screen. */
export function DialogButtons(props: {
  back: string;
  onBack: () => void;
  yes: string;
  /** Left out: the form around is submitted. */
  onYes?: () => void;
  busy: boolean;
  danger?: boolean | undefined;
  /** Whether the dialog opens with the focus on what it is for. */
  focused?: boolean;
}): ReactElement {
  const { back, onBack, yes, onYes, busy, danger = false, focused = false } = props;
  return (
    <Group justify="flex-end" gap="sm" className={classes.buttons}>
      <Button variant="default" onClick={onBack}>
        {back}
      </Button>
      <Button
        color={danger ? 'brick' : 'pine'}
        loading={busy}
        data-autofocus={focused || undefined}
        {...(onYes ? { onClick: onYes } : { type: 'submit' })}
      >
        {yes}
      </Button>
    </Group>
  );
}
