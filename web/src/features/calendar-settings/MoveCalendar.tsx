import { Button, Group, Stack } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { strong } from '../../components/strong.tsx';
import { t } from '../../lib/t.ts';
import type { OAuthProvider } from './api/connect.ts';
import { KindChoice } from './KindChoice.tsx';
import { useConnect } from './use-calendar-actions.ts';

/** Another target calendar of the same account; the events move along once the provider has been asked. */
export function MoveCalendar(props: {
  connection: ConnectionJson;
  provider: OAuthProvider;
  onClose: () => void;
}): ReactElement {
  const current = props.connection.calendar.kind;
  const [kind, setKind] = useState(current);
  const connect = useConnect(props.provider);
  return (
    <Stack gap="sm">
      <KindChoice kind={kind} onChange={setKind} />
      <p>{t.rich('calendar.move.text', { account: props.connection.account_email, b: strong })}</p>
      <Group gap="sm">
        <Button loading={connect.isPending} disabled={kind === current} onClick={() => connect.mutate(kind)}>
          {t('calendar.move.yes')}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {t('calendar.move.no')}
        </Button>
      </Group>
    </Stack>
  );
}
