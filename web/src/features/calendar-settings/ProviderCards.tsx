import { Button, Stack } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { CalendarJson, ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { Card } from '../../components/Card.tsx';
import { Icon } from '../../components/Icon.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { calendarName } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import type { OAuthProvider } from './api/connect.ts';
import classes from './ProviderCards.module.css';
import { ConnectionCard } from './ConnectionCard.tsx';
import { KindChoice, type CalendarKind } from './KindChoice.tsx';
import { MoveCalendar } from './MoveCalendar.tsx';
import { useConnect } from './use-calendar-actions.ts';

/** One card for each connected account of a provider, or the one that offers to connect. */
export function ProviderCards(props: { calendar: CalendarJson; provider: OAuthProvider }): ReactElement {
  const { calendar, provider } = props;
  const connections = calendar.connections.filter((connection) => connection.provider === provider);
  if (connections.length === 0) {
    return calendar.providers[provider].configured ? (
      <OfferCard provider={provider} />
    ) : (
      <NotSetUpCard provider={provider} />
    );
  }
  return (
    <>
      {connections.map((connection) => (
        <ConnectionCard
          key={connection.id}
          connection={connection}
          enabled={calendar.calendar_sync_enabled}
          adminConsentUrl={provider === 'outlook' ? calendar.providers.outlook.admin_consent_url : null}
          reconnect={<Reconnect connection={connection} provider={provider} />}
          renderMove={(onClose) => <MoveCalendar connection={connection} provider={provider} onClose={onClose} />}
        />
      ))}
    </>
  );
}

function OfferCard({ provider }: { provider: OAuthProvider }): ReactElement {
  const [kind, setKind] = useState<CalendarKind>('primary');
  const connect = useConnect(provider);
  const name = calendarName(provider);
  return (
    <Card
      title={name}
      aside={<StatusTag status={{ tone: 'quiet', icon: 'minus', word: t('calendar.notConnected') }} />}
    >
      <Stack gap="md">
        <p className={classes.soft}>{t(`calendar.offer.${provider}`)}</p>
        <KindChoice kind={kind} onChange={setKind} />
        <div>
          <Button
            loading={connect.isPending}
            onClick={() => connect.mutate(kind)}
            leftSection={<Icon name="link" size={18} />}
          >
            {t('calendar.connection.connect', { calendar: name })}
          </Button>
        </div>
      </Stack>
    </Card>
  );
}

/** The same account continues where it stopped. Only a target calendar that is gone has to be chosen anew. */
function Reconnect(props: { connection: ConnectionJson; provider: OAuthProvider }): ReactElement {
  const { connection, provider } = props;
  const [kind, setKind] = useState(connection.calendar.kind);
  const connect = useConnect(provider);
  return (
    <>
      {connection.error?.code === 'calendar_gone' && <KindChoice kind={kind} onChange={setKind} />}
      <div>
        <Button
          loading={connect.isPending}
          onClick={() => connect.mutate(kind)}
          leftSection={<Icon name="link" size={18} />}
        >
          {t('calendar.connection.reconnect', { calendar: calendarName(connection.provider) })}
        </Button>
      </div>
    </>
  );
}

function NotSetUpCard({ provider }: { provider: OAuthProvider }): ReactElement {
  const name = calendarName(provider);
  return (
    <Card
      title={name}
      aside={<StatusTag status={{ tone: 'quiet', icon: 'minus', word: t('calendar.offer.notAvailable') }} />}
    >
      <Stack gap="md">
        <p className={classes.soft}>{t('calendar.offer.notSetUp')}</p>
        <div>
          <Button disabled leftSection={<Icon name="link" size={18} />}>
            {t('calendar.connection.connect', { calendar: name })}
          </Button>
        </div>
      </Stack>
    </Card>
  );
}
