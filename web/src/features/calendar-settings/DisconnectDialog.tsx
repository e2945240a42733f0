import { Radio, Stack } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { PROVIDER_NAMES } from '../../lib/providers.ts';
import { useDisconnect } from './use-calendar-actions.ts';

/** Asks what becomes of the events that are already there. */
export function DisconnectDialog(props: {
  connection: ConnectionJson;
  opened: boolean;
  onClose: () => void;
}): ReactElement {
  const { connection, opened, onClose } = props;
  const [events, setEvents] = useState('remove');
  const disconnecting = useDisconnect(onClose);
  return (
    <ConfirmDialog
      opened={opened}
      title={`Disconnect ${PROVIDER_NAMES[connection.provider]}?`}
      yes="Disconnect"
      no="Keep it connected"
      danger
      busy={disconnecting.isPending}
      error={disconnecting.error}
      onYes={() => disconnecting.mutate({ connection, removeEvents: events === 'remove' })}
      onNo={onClose}
    >
      <p>
        New and changed appointments no longer reach <strong>{connection.account_email}</strong>.
      </p>
      <Radio.Group label="What about the events that are already there?" value={events} onChange={setEvents}>
        <Stack gap="xs" mt="xs">
          <Radio value="remove" label="Remove them from my calendar" />
          <Radio value="keep" label="Leave them there" description="They stay as they are, even if plans change." />
        </Stack>
      </Radio.Group>
    </ConfirmDialog>
  );
}
