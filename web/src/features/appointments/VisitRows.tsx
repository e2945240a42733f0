import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { APPOINTMENT_STATUS, teamWords } from '../../components/appointment-words.ts';
import { StatusTag } from '../../components/StatusTag.tsx';
import { foreignZone, formatShortDay, formatTimes } from '../../lib/time.ts';
import classes from './home-parts.module.css';

/** Visits in a card of the first page, two lines each. */
export function VisitRows(props: { appointments: readonly AppointmentJson[]; withDay: boolean }): ReactElement | null {
  if (props.appointments.length === 0) return null;
  return (
    <ul className={classes.rows}>
      {props.appointments.map((appointment) => (
        <li key={appointment.id}>
          <Link to="/appointments/$id" params={{ id: appointment.id }} className={classes.row}>
            <span className={classes.rowText}>
              <span className={classes.rowWhen}>
                {props.withDay && `${formatShortDay(appointment.starts_at, appointment.time_zone)}, `}
                {formatTimes(appointment.starts_at, appointment.ends_at, appointment.time_zone)}
                {zoneWords(appointment)}
              </span>
              <span className={classes.rowWhat}>{what(appointment)}</span>
            </span>
            {appointment.status !== 'scheduled' && <StatusTag status={APPOINTMENT_STATUS[appointment.status]} />}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function what({ service, customer, staff, role }: AppointmentJson): string {
  const team = role === 'manager' || role === 'admin' ? teamWords(staff) : null;
  return [service.name, customer?.name, team].filter(Boolean).join(' · ');
}

function zoneWords({ time_zone: zone }: AppointmentJson): string {
  const foreign = foreignZone(zone);
  return foreign === null ? '' : ` (${foreign})`;
}
