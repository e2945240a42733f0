import { Button } from '@mantine/core';
import { useId, type ReactElement } from 'react';
import { addressLine, appointmentStatus, telLink } from '../../../components/appointment-words.ts';
import { Fact, Facts } from '../../../components/Facts.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { StatusTag, type Status } from '../../../components/StatusTag.tsx';
import { TextLink } from '../../../components/TextLink.tsx';
import { t } from '../../../lib/t.ts';
import { viewerZone } from '../../../lib/time.ts';
import { useUser } from '../../../lib/user.ts';
import type { IsoDate } from '../../../lib/week.ts';
import { isAbsent } from '../absence.ts';
import { AppointmentActions } from '../AppointmentActions.tsx';
import { MAP_SERVICES, placeLink, type MapService } from '../../../components/maps.ts';
import type { DayStop } from './day-plan.ts';
import { clockWords, mateWords, placeClockWords } from './day-words.ts';
import classes from './MyDays.module.css';

/** All that a cleaner needs at the door, and what they say when it is done or can't be. */
export function DayVisit(props: { stop: DayStop; day: IsoDate; maps: MapService }): ReactElement {
  const { stop, day, maps } = props;
  const { appointment, number } = stop;
  const { id: userId } = useUser();
  const heading = useId();
  const zone = viewerZone();
  const { customer, address } = appointment;
  const status = statusOf(stop, userId);
  const calls = customer?.phone ? telLink(customer.phone) : undefined;
  return (
    <article
      className={classes.visit}
      aria-labelledby={heading}
      data-phase={stop.phase}
      data-off={number === null || undefined}
    >
      <div className={classes.head}>
        {number !== null && (
          <span className={classes.number} aria-hidden="true">
            {number}
          </span>
        )}
        <h3 className={classes.what} id={heading}>
          <span className={classes.time}>{clockWords(appointment, day, zone)}</span>
          <TextLink to="/appointments/$id" params={{ id: appointment.id }}>
            {appointment.service.name}
            {customer && ` – ${customer.name}`}
          </TextLink>
        </h3>
        {status !== null && <StatusTag status={status} />}
      </div>
      <Facts>
        <Fact icon="clock" label={t('myDays.theirClock')}>
          {placeClockWords(appointment, zone)}
        </Fact>
        <Fact icon="pin" label={t('appointments.one.where')}>
          {addressLine(address)}
        </Fact>
        <Fact icon="key" label={t('appointments.one.gettingIn')}>
          {address.access_notes}
        </Fact>
        <Fact icon="phone" label={t('appointments.one.phone')}>
          {calls === undefined && customer?.phone}
        </Fact>
        <Fact icon="people" label={t('appointments.one.team')}>
          {mateWords(appointment, userId)}
        </Fact>
        <Fact icon="note" label={t('appointments.one.notes')}>
          {appointment.notes}
        </Fact>
      </Facts>
      <div className={classes.reach}>
        <Button
          component="a"
          variant="default"
          href={placeLink(maps, address)}
          target="_blank"
          rel="noreferrer"
          leftSection={<Icon name="pin" size={18} />}
        >
          {MAP_SERVICES[maps]}
        </Button>
        {customer?.phone && calls !== undefined && (
          <Button
            component="a"
            variant="default"
            href={calls}
            leftSection={<Icon name="phone" size={18} />}
            aria-label={t('myDays.call', { name: customer.name, phone: customer.phone })}
          >
            {customer.phone}
          </Button>
        )}
      </div>
      <AppointmentActions appointment={appointment} />
    </article>
  );
}

/** What is unusual about it; nothing for a visit that is still to come. */
function statusOf({ appointment, phase }: DayStop, userId: number): Status | null {
  if (appointment.status !== 'scheduled') return appointmentStatus(appointment);
  if (isAbsent(appointment, userId)) return { tone: 'warn', icon: 'alert', word: t('myDays.youCannotCome') };
  if (phase === 'now') return { tone: 'good', icon: 'clock', word: t('myDays.now') };
  return phase === 'next' ? { tone: 'busy', icon: 'arrowRight', word: t('myDays.next') } : null;
}
