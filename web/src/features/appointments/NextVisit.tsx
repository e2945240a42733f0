import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { addressLine, teamWords } from '../../components/appointment-words.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { Card } from '../../components/Card.tsx';
import { Fact, Facts } from '../../components/Facts.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { useUser } from '../../lib/user.ts';
import { arrivalWords, dayWord, foreignZone, formatDay, formatTimes } from '../../lib/time.ts';
import { nextQuery } from './api/list-appointments.ts';
import classes from './home-parts.module.css';
import { VISIT_WORDS } from './visit-words.ts';

/** The soonest scheduled visit that has not ended yet. */
export function NextVisit(): ReactElement {
  const { role } = useUser();
  const [from] = useState(() => new Date().toISOString());
  const query = useQuery(nextQuery(from));
  const words = VISIT_WORDS[role];
  return (
    <Card title={words.next}>
      {query.isPending && <CardLoading what="the next visit" />}
      {query.isError && <CardFailure error={query.error} onRetry={() => void query.refetch()} />}
      {query.data === null && <p className={classes.soft}>{words.none}</p>}
      {query.data && <Visit appointment={query.data} />}
    </Card>
  );
}

function Visit({ appointment }: { appointment: AppointmentJson }): ReactElement {
  const { starts_at: start, ends_at: end, time_zone: zone, service, customer, role } = appointment;
  const now = new Date();
  const word = dayWord(start, zone, now);
  const day = formatDay(start, zone, now);
  const foreign = foreignZone(zone);
  return (
    <>
      <p className={classes.what}>{service.name}</p>
      <p className={classes.when}>
        {word === null ? day : `${word}, ${day}`}, {formatTimes(start, end, zone)}
        {foreign !== null && ` (${foreign})`}
      </p>
      <Facts>
        <Fact icon="clock" label="Arrival">
          {role === 'customer' && arrivalWords(start, appointment.arrival_window_minutes, zone)}
        </Fact>
        <Fact icon="pin" label="Where">
          {addressLine(appointment.address)}
        </Fact>
        <Fact icon="person" label="Customer">
          {customer?.name}
        </Fact>
        <Fact icon="people" label={role === 'customer' ? 'Your team' : 'Team'}>
          {teamWords(appointment.staff)}
        </Fact>
      </Facts>
      <div className={classes.foot}>
        <ButtonLink to="/appointments/$id" params={{ id: appointment.id }} variant="default">
          Open this visit
        </ButtonLink>
      </div>
    </>
  );
}
