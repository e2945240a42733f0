import { Button, Group, Stack } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { CalendarJson, ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { Icon } from '../../components/Icon.tsx';
import { t } from '../../lib/t.ts';
import { CaldavForm } from './CaldavForm.tsx';
import { ConnectionCard } from './ConnectionCard.tsx';
import classes from './ProviderCards.module.css';

/** One card for each account that was connected with an app password. */
export function CaldavCards({ calendar }: { calendar: CalendarJson }): ReactElement {
  const connections = calendar.connections.filter(({ provider }) => provider === 'caldav');
  return (
    <>
      {connections.map((connection) => (
        <ConnectionCard
          key={connection.id}
          connection={connection}
          enabled={calendar.calendar_sync_enabled}
          adminConsentUrl={null}
          reconnect={<Reconnect connection={connection} />}
          renderMove={(onClose) => <CaldavForm connection={connection} choosing onDone={onClose} onCancel={onClose} />}
        />
      ))}
    </>
  );
}

/** Offers to connect a first account. */
export function CaldavOffer(): ReactElement {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <Stack gap="md">
      <p className={classes.soft}>{t('calendar.caldav.offer')}</p>
      {open ? (
        <CaldavForm connection={null} choosing onDone={close} onCancel={close} />
      ) : (
        <Group>
          <Button onClick={() => setOpen(true)} leftSection={<Icon name="link" size={18} />}>
            {t('calendar.caldav.connect')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** The same account continues where it stopped. Only a target calendar that is gone has to be chosen anew. */
function Reconnect({ connection }: { connection: ConnectionJson }): ReactElement {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  const { code } = connection.error ?? {};
  const choosing = code === 'calendar_gone' || code === 'access_forbidden';
  if (open) return <CaldavForm connection={connection} choosing={choosing} onDone={close} onCancel={close} />;
  return (
    <div>
      <Button onClick={() => setOpen(true)} leftSection={<Icon name="link" size={18} />}>
        {t('calendar.caldav.again')}
      </Button>
    </div>
  );
}
