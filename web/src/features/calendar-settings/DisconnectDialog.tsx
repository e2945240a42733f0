import { Anchor, Radio, Stack } from '@mantine/core';
import { useState, type ReactElement, type ReactNode } from 'react';
import type { ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { calendarName, type Provider } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import { strong } from '../../components/strong.tsx';
import { useDisconnect } from './use-calendar-actions.ts';

/** Asks what becomes of the events that are already there, and says what becomes of the permission. */
export function DisconnectDialog(props: {
  connection: ConnectionJson;
  opened: boolean;
  onClose: () => void;
}): ReactElement {
  const { connection, opened, onClose } = props;
  const [events, setEvents] = useState('remove');
  const disconnecting = useDisconnect(onClose);
  const permission = PERMISSIONS[connection.provider];
  return (
    <ConfirmDialog
      opened={opened}
      title={t('calendar.disconnecting.ask', { calendar: calendarName(connection.provider) })}
      yes={t('calendar.disconnecting.yes')}
      no={t('calendar.disconnecting.no')}
      danger
      busy={disconnecting.isPending}
      error={disconnecting.error}
      onYes={() => disconnecting.mutate({ connection, removeEvents: events === 'remove' })}
      onNo={onClose}
    >
      <p>{t.rich('calendar.disconnecting.text', { account: connection.account_email, b: strong })}</p>
      <Radio.Group label={t('calendar.disconnecting.events')} value={events} onChange={setEvents}>
        <Stack gap="xs" mt="xs">
          <Radio value="remove" label={t('calendar.disconnecting.remove')} />
          <Radio
            value="keep"
            label={t('calendar.disconnecting.keep')}
            description={t('calendar.disconnecting.keepHint')}
          />
        </Stack>
      </Radio.Group>
      <p>{t.rich(permission.words, { link: helpLink(permission.help) })}</p>
    </ConfirmDialog>
  );
}

/** What becomes of it, and where the help says how people withdraw themselves what no app can. */
const PERMISSIONS = {
  google: { words: 'calendar.disconnecting.permission.google', help: '/help/guide/take-back/#at-google' },
  outlook: { words: 'calendar.disconnecting.permission.outlook', help: '/help/guide/take-back/#at-microsoft' },
  caldav: { words: 'calendar.disconnecting.permission.caldav', help: '/help/guide/take-back/' },
} as const satisfies Readonly<Record<Provider, object>>;

function helpLink(href: string): (words: ReactNode) => ReactElement {
  return (words) => (
    <Anchor href={href} target="_blank" rel="noreferrer" underline="always">
      {words}
    </Anchor>
  );
}
