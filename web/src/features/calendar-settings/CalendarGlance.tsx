import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { CalendarJson } from '../../../../src/api-contract/calendar.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { Icon } from '../../components/Icon.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { calendarName } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import type { OAuthProvider } from './api/connect.ts';
import { calendarQuery } from './api/get-calendar.ts';
import classes from './CalendarGlance.module.css';
import { glance } from './glance-words.ts';
import { useConnect } from './use-calendar-actions.ts';

/** The calendar's state in one sentence, and one click to connect. */
export function CalendarGlance(): ReactElement {
  const query = useQuery(calendarQuery());
  const shown = query.data && glance(query.data, new Date());
  return (
    <Card title={t('calendar.glance.title')} aside={shown && <StatusTag status={shown} />}>
      {query.isPending && <CardLoading words={t('calendar.glance.loading')} />}
      {query.isError && !query.data && <CardFailure error={query.error} onRetry={() => void query.refetch()} />}
      {shown && <p className={classes.sentence}>{shown.sentence}</p>}
      {query.data && <WhatNext calendar={query.data} />}
    </Card>
  );
}

function WhatNext({ calendar }: { calendar: CalendarJson }): ReactElement {
  if (calendar.connections.length === 0 && calendar.feeds.length === 0) return <Offers calendar={calendar} />;
  return (
    <ul className={classes.links}>
      <li>
        <TextLink to="/settings/calendar">{t('calendar.glance.toSettings')}</TextLink>
      </li>
      <li>
        <TextLink to="/appointments">{t('calendar.glance.missing')}</TextLink>
      </li>
      <li>
        <TextLink to="/settings/calendar">{t('calendar.glance.takeBack')}</TextLink>
      </li>
    </ul>
  );
}

function Offers({ calendar: { providers } }: { calendar: CalendarJson }): ReactElement {
  return (
    <div className={classes.offers}>
      {providers.google.configured && <Connect provider="google" />}
      {providers.outlook.configured && <Connect provider="outlook" />}
      <ButtonLink to="/settings/calendar" variant="subtle">
        {t('calendar.others')}
      </ButtonLink>
    </div>
  );
}

/** With the choices that nearly everybody makes; the settings offer the others. */
function Connect({ provider }: { provider: OAuthProvider }): ReactElement {
  const connect = useConnect(provider);
  return (
    <Button
      variant={provider === 'google' ? 'filled' : 'default'}
      loading={connect.isPending}
      onClick={() => connect.mutate('primary')}
      leftSection={<Icon name="link" size={18} />}
    >
      {t('calendar.connection.connect', { calendar: calendarName(provider) })}
    </Button>
  );
}
