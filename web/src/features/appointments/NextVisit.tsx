import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { addressLine, teamWords } from '../../components/appointment-words.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { Card } from '../../components/Card.tsx';
import { Fact, Facts } from '../../components/Facts.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { t } from '../../lib/t.ts';
import { arrivalWords, viewerZone } from '../../lib/time.ts';
import { useUser } from '../../lib/user.ts';
import { nextQuery } from './api/list-appointments.ts';
import classes from './home-parts.module.css';
import { whenWords } from './when-words.ts';

/** The soonest scheduled visit that has not ended yet. */
export function NextVisit(): ReactElement {
  const { role } = useUser();
  const [from] = useState(() => new Date().toISOString());
  const query = useQuery(nextQuery(from));
  return (
    <Card title={t(`appointments.home.next.${role}`)}>
      {query.isPending && <CardLoading words={t('appointments.home.loadingNext')} />}
      {query.isError && <CardFailure error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === null && <p className={classes.soft}>{t(`appointments.home.noNext.${role}`)}</p>}
      {query.data && <Visit appointment={query.data} />}
    </Card>
  );
}

function Visit({ appointment }: { appointment: AppointmentJson }): ReactElement {
  const { starts_at: start, service, customer, role } = appointment;
  return (
    <>
      <p className={classes.what}>{service.name}</p>
      <p className={classes.when}>{whenWords(appointment, new Date())}</p>
      <Facts>
        <Fact icon="clock" label={t('appointments.one.arrival')}>
          {role === 'customer' && arrivalWords(start, appointment.arrival_window_minutes, viewerZone())}
        </Fact>
        <Fact icon="pin" label={t('appointments.one.where')}>
          {addressLine(appointment.address)}
        </Fact>
        <Fact icon="person" label={t('appointments.one.customer')}>
          {customer?.name}
        </Fact>
        <Fact icon="people" label={role === 'customer' ? t('appointments.one.yourTeam') : t('appointments.one.team')}>
          {teamWords(appointment.staff)}
        </Fact>
      </Facts>
      <div className={classes.foot}>
        <ButtonLink to="/appointments/$id" params={{ id: appointment.id }} variant="default">
          {t('appointments.home.open')}
        </ButtonLink>
      </div>
    </>
  );
}
