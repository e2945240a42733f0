import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { Card } from '../../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../../components/CardStates.tsx';
import { StatusTag } from '../../../components/StatusTag.tsx';
import { t } from '../../../lib/t.ts';
import { formatShortDay, viewerZone, visitTimes } from '../../../lib/time.ts';
import { firstQuery } from '../api/list-appointments.ts';
import classes from '../home-parts.module.css';

const SHOWN = 6;

/** Coming visits whose customers wait for an answer to their wish for another time, soonest first. */
export function WaitingRequests(): ReactElement {
  const [from] = useState(() => new Date().toISOString());
  const query = useQuery(firstQuery({ from, reschedule_requested: 'true' }, SHOWN));
  const found = query.data?.items ?? [];
  return (
    <Card
      title={t('requests.waiting.title')}
      aside={
        found.length > 0 && (
          <StatusTag
            status={{
              tone: 'warn',
              icon: 'clock',
              word: query.data?.next_cursor
                ? t('requests.waiting.moreThan', { count: found.length })
                : t('requests.waiting.count', { count: found.length }),
            }}
          />
        )
      }
    >
      {query.isPending && <CardLoading words={t('requests.waiting.loading')} />}
      {query.isError && <CardFailure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && found.length === 0 && <p className={classes.soft}>{t('requests.waiting.none')}</p>}
      {found.length > 0 && (
        <ul className={classes.rows}>
          {found.map((appointment) => (
            <li key={appointment.id}>
              <Row appointment={appointment} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Row({ appointment }: { appointment: AppointmentJson }): ReactElement {
  const { id, service, customer, starts_at: start, time_zone: zone, reschedule_request: request } = appointment;
  const [wanted] = request?.proposals ?? [];
  return (
    <Link to="/appointments/$id" params={{ id }} className={classes.row}>
      <span className={classes.rowText}>
        <span className={classes.rowWhen}>{[service.name, customer?.name].filter(Boolean).join(' · ')}</span>
        <span className={classes.rowWhat}>
          {wanted === undefined
            ? moment(start, zone)
            : t('requests.waiting.change', { from: moment(start, zone), to: moment(wanted.starts_at, zone) })}
        </span>
      </span>
    </Link>
  );
}

function moment(instant: string, zone: string): string {
  return t('requests.waiting.moment', {
    day: formatShortDay(instant, viewerZone(), new Date()),
    time: visitTimes(instant, null, zone),
  });
}
