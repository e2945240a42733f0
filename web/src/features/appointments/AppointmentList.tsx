import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { addressLine, appointmentStatus, teamWords } from '../../components/appointment-words.ts';
import { Icon } from '../../components/Icon.tsx';
import { LongList, type FollowingPage } from '../../components/LongList.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { calendarNames, type Provider } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import { arrivalWords, formatTimes, timesThere, viewerZone } from '../../lib/time.ts';
import classes from './AppointmentList.module.css';
import { groupByDay, type Day } from './group-by-day.ts';
import { dayWords } from './when-words.ts';

/** What of a day is one row of the list, and is put into the page together. */
const MOST_IN_ROW = 10;
/** About, with the gap. */
const CARD_PX = 130;

/** Appointments in the order given, with a heading for each day. */
export function AppointmentList(props: {
  name: string;
  appointments: readonly AppointmentJson[];
  following: FollowingPage;
}): ReactElement {
  const now = new Date();
  return (
    <LongList
      name={props.name}
      rows={groupByDay(props.appointments, MOST_IN_ROW, viewerZone())}
      keyOf={(day) => day.appointments[0]?.id ?? day.date}
      renderRow={(day) => <DaySection day={day} now={now} />}
      rowPx={({ appointments }) => 40 + appointments.length * CARD_PX}
      gapPx={8}
      following={props.following}
    />
  );
}

function DaySection({ day, now }: { day: Day; now: Date }): ReactElement | null {
  const first = day.appointments[0];
  if (first === undefined) return null;
  return (
    <section>
      {!day.continued && <h2 className={classes.date}>{dayWords(first, now)}</h2>}
      <ul className={classes.list}>
        {day.appointments.map((appointment) => (
          <li key={appointment.id}>
            <AppointmentCard appointment={appointment} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AppointmentCard({ appointment }: { appointment: AppointmentJson }): ReactElement {
  const { role } = appointment;
  const { starts_at: start, ends_at: end } = appointment;
  const there = timesThere(start, end, appointment.time_zone);
  const window = role === 'customer' ? arrivalWindow(appointment) : null;
  const who = role === 'customer' ? teamWords(appointment.staff) : (appointment.customer?.name ?? null);
  return (
    <Link
      to="/appointments/$id"
      params={{ id: appointment.id }}
      className={classes.card}
      data-over={appointment.status === 'cancelled' || undefined}
    >
      <span className={classes.time}>
        {formatTimes(start, end, viewerZone())}
        {there !== null && <span className={classes.zone}>{there}</span>}
      </span>
      <span className={classes.what}>
        <span className={classes.service}>{appointment.service.name}</span>
        {window !== null && <Line icon="clock" text={window} />}
        <Line icon="pin" text={addressLine(appointment.address)} />
        {who !== null && <Line icon="person" text={who} />}
        {(role === 'manager' || role === 'admin') && <Line icon="people" text={teamWords(appointment.staff)} />}
      </span>
      <span className={classes.state}>
        <StatusTag status={appointmentStatus(appointment)} />
        <OwnEvents events={appointment.calendar_event_id} />
      </span>
    </Link>
  );
}

function arrivalWindow(appointment: AppointmentJson): string | null {
  return arrivalWords(appointment.starts_at, appointment.arrival_window_minutes, viewerZone());
}

function Line({ icon, text }: { icon: 'clock' | 'pin' | 'person' | 'people'; text: string }): ReactElement {
  return (
    <span className={classes.line}>
      <Icon name={icon} size={16} />
      <span>{text}</span>
    </span>
  );
}

/** Which of the reader's own calendars hold the event. */
function OwnEvents({ events }: { events: AppointmentJson['calendar_event_id'] }): ReactElement | null {
  const providers = Object.keys(events ?? {}) as Provider[];
  if (providers.length === 0) return null;
  return (
    <span className={classes.line}>
      <Icon name="calendar" size={16} />
      <span>{t('appointments.list.inYour', { calendars: calendarNames(providers) })}</span>
    </span>
  );
}
