import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { OrderJson } from '../../../../src/api-contract/orders.ts';
import { APPOINTMENT_STATUS } from '../../components/appointment-words.ts';
import { Card } from '../../components/Card.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { formatDay, formatTimes } from '../../lib/time.ts';
import classes from './OrderPage.module.css';

/** The visits that came of an order. */
export function OrderAppointments({ order }: { order: OrderJson }): ReactElement | null {
  if (order.status === 'pending') {
    return (
      <Card title="Appointments">
        <p className={classes.soft}>The appointments are made when the order is confirmed.</p>
      </Card>
    );
  }
  if (order.appointments.length === 0) return null;
  return (
    <Card title="Appointments">
      <ul className={classes.rows}>
        {order.appointments.map((appointment) => (
          <li key={appointment.id}>
            <Link to="/appointments/$id" params={{ id: appointment.id }} className={classes.row}>
              <span>
                <span className={classes.name}>
                  {formatDay(appointment.starts_at, appointment.time_zone, new Date())}
                </span>
                , {formatTimes(appointment.starts_at, appointment.ends_at, appointment.time_zone)}
                <span className={classes.soft}> · {appointment.service.name}</span>
              </span>
              <StatusTag status={APPOINTMENT_STATUS[appointment.status]} />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
