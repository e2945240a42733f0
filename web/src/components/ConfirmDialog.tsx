import { Modal, Stack } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { messageOf } from '../lib/problem.ts';
import { t } from '../lib/t.ts';
import { DialogButtons } from './DialogButtons.tsx';
import { StatusStrip } from './StatusTag.tsx';

/** A question before something that can't be taken back, or only with effort. */
export function ConfirmDialog(props: {
  opened: boolean;
  title: string;
  children: ReactNode;
  yes: string;
  no: string;
  danger?: boolean;
  busy: boolean;
  error: unknown;
  onYes: () => void;
  onNo: () => void;
}): ReactElement {
  return (
    <Modal opened={props.opened} onClose={props.onNo} title={props.title}>
      <Stack>
        {props.children}
        {props.error !== null && props.error !== undefined && (
          <div role="alert">
            <StatusStrip tone="bad" icon="alert" title={t('common.didNotWork')}>
              <p>{messageOf(props.error)}</p>
            </StatusStrip>
          </div>
        )}
        <DialogButtons
          back={props.no}
          onBack={props.onNo}
          yes={props.yes}
          busy={props.busy}
          onYes={props.onYes}
          danger={props.danger}
        />
      </Stack>
    </Modal>
  );
}
