import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { appointmentStatus, teamWords } from '../../components/appointment-words.ts';
import { StatusTag } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';
import { formatShortDay, viewerZone, visitTimes } from '../../lib/time.ts';
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
                {props.withDay ? shortWhenWords(appointment) : times(appointment)}
              </span>
              <span className={classes.rowWhat}>{what(appointment)}</span>
            </span>
            {appointment.status !== 'scheduled' && <StatusTag status={appointmentStatus(appointment)} />}
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

function shortWhenWords(appointment: AppointmentJson): string {
  const day = formatShortDay(appointment.starts_at, viewerZone(), new Date());
  return t('appointments.when', { day, times: times(appointment) });
}

function times({ starts_at: start, ends_at: end, time_zone: zone }: AppointmentJson): string {
  return visitTimes(start, end, zone);
}
