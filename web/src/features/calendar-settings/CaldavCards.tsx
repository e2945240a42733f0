import { Button, Group, Stack } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { CalendarJson, ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { Card } from '../../components/Card.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { Icon } from '../../components/Icon.tsx';
import { CaldavForm } from './CaldavForm.tsx';
import { ConnectionCard } from './ConnectionCard.tsx';
import classes from './ProviderCards.module.css';

const TITLE = 'Apple and other calendars (CalDAV)';

/** One card for each account that was connected with an app password, or the one that offers to connect. */
export function CaldavCards({ calendar }: { calendar: CalendarJson }): ReactElement | null {
  const connections = calendar.connections.filter(({ provider }) => provider === 'caldav');
  if (connections.length === 0) return calendar.providers.caldav.configured ? <OfferCard /> : null;
  return (
    <>
      {connections.map((connection) => (
        <ConnectionCard
          key={connection.id}
          title={TITLE}
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
    <Card title={TITLE} aside={<StatusTag status={{ tone: 'quiet', icon: 'minus', word: 'Not connected' }} />}>
      <Stack gap="md">
        <p className={classes.soft}>
          For iCloud, Fastmail, Nextcloud and every other calendar that speaks CalDAV. You give us an app password,
          which we keep encrypted and which you can take back at your provider at any time.
        </p>
        {open ? (
          <CaldavForm connection={null} choosing onDone={close} onCancel={close} />
        ) : (
          <Group>
            <Button onClick={() => setOpen(true)} leftSection={<Icon name="link" size={18} />}>
              Connect with an app password
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
        Connect again
      </Button>
    </div>
  );
}
