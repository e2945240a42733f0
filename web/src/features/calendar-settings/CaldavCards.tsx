import { Button, Group, Stack } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { CalendarJson, ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { Card } from '../../components/Card.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { Icon } from '../../components/Icon.tsx';
import { t } from '../../lib/t.ts';
import { CaldavForm } from './CaldavForm.tsx';
import { ConnectionCard } from './ConnectionCard.tsx';
import classes from './ProviderCards.module.css';

/** One card for each account that was connected with an app password, or the one that offers to connect. */
export function CaldavCards({ calendar }: { calendar: CalendarJson }): ReactElement | null {
  const connections = calendar.connections.filter(({ provider }) => provider === 'caldav');
  if (connections.length === 0) return calendar.providers.caldav.configured ? <OfferCard /> : null;
  return (
    <>
      {connections.map((connection) => (
        <ConnectionCard
          key={connection.id}
          title={t('calendar.caldav.title')}
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

function OfferCard(): ReactElement {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <Card
      title={t('calendar.caldav.title')}
      aside={<StatusTag status={{ tone: 'quiet', icon: 'minus', word: t('calendar.notConnected') }} />}
    >
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
    </Card>
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
