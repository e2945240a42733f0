import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { OrderJson } from '../../../../src/api-contract/orders.ts';
import { appointmentStatus } from '../../components/appointment-words.ts';
import { Card } from '../../components/Card.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';
import { formatDay, viewerZone, visitTimes } from '../../lib/time.ts';
import classes from './OrderPage.module.css';

/** The visits that came of an order. */
export function OrderAppointments({ order }: { order: OrderJson }): ReactElement | null {
  if (order.status === 'pending') {
    return (
      <Card title={t('orders.one.appointments')}>
        <p className={classes.soft}>{t('orders.one.appointmentsLater')}</p>
      </Card>
    );
  }
  if (order.appointments.length === 0) return null;
  return (
    <Card title={t('orders.one.appointments')}>
      <ul className={classes.rows}>
        {order.appointments.map((appointment) => (
          <li key={appointment.id}>
            <Link to="/appointments/$id" params={{ id: appointment.id }} className={classes.row}>
              <span>
                <span className={classes.name}>{formatDay(appointment.starts_at, viewerZone(), new Date())}</span>,{' '}
                {visitTimes(appointment.starts_at, appointment.ends_at, appointment.time_zone)}
                <span className={classes.soft}> · {appointment.service.name}</span>
              </span>
              <StatusTag status={appointmentStatus(appointment)} />
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
