import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { spanQuery } from './api/list-appointments.ts';
import { AppointmentList } from './AppointmentList.tsx';
import classes from './AppointmentsPage.module.css';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Lists run from old to new; the past is read the other way round, so it is asked for in spans of this length. */
const SPAN_DAYS = 60;

export function PastAppointments({ status }: { status: AppointmentJson['status'] | undefined }): ReactElement {
  const [now] = useState(() => Date.now());
  const [spans, setSpans] = useState(1);
  const from = new Date(now - spans * SPAN_DAYS * DAY_MS).toISOString();
  const to = new Date(now).toISOString();
  const query = useQuery({ ...spanQuery({ from, to, status }), placeholderData: keepPreviousData });
  if (query.isPending) return <Loading what="your past appointments" />;
  if (query.isError) {
    return (
      <Failure title="Your appointments can’t be shown" error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const over = query.data.items.filter((appointment) => Date.parse(appointment.ends_at) <= now).toReversed();
  const days = spans * SPAN_DAYS;
  return (
    <>
      {over.length === 0 && <Empty icon="calendar" title={`Nothing in the last ${days} days`} />}
      <AppointmentList appointments={over} />
      <div className={classes.more}>
        {query.data.complete ? (
          <Button variant="default" loading={query.isPlaceholderData} onClick={() => setSpans(spans * 2)}>
            Show earlier ones
          </Button>
        ) : (
          <p>There are more than can be shown here. Choose a status to narrow the list down.</p>
        )}
      </div>
    </>
  );
}
