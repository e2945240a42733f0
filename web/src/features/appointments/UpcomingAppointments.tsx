import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { useUser } from '../../lib/user.ts';
import { upcomingQuery } from './api/list-appointments.ts';
import { AppointmentList } from './AppointmentList.tsx';
import { useListStart } from './use-list-start.ts';

export function UpcomingAppointments({ status }: { status: AppointmentJson['status'] | undefined }): ReactElement {
  const query = useInfiniteQuery(upcomingQuery({ from: useListStart(), status }));
  if (query.isPending) return <Loading what="your appointments" />;
  if (query.isError) {
    return (
      <Failure title="Your appointments can’t be shown" error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const appointments = query.data.pages.flatMap((page) => page.items);
  if (appointments.length === 0) return <NoneAhead filtered={status !== undefined} />;
  return <AppointmentList name={`upcoming ${status}`} appointments={appointments} following={query} />;
}

function NoneAhead({ filtered }: { filtered: boolean }): ReactElement {
  const { role } = useUser();
  if (filtered) {
    return (
      <Empty icon="calendar" title="Nothing with this status">
        <p>Choose another status to see more.</p>
      </Empty>
    );
  }
  return (
    <Empty icon="calendar" title="No upcoming appointments">
      <p>{EMPTY_WORDS[role]}</p>
      {role === 'customer' && <ButtonLink to="/orders/new">Book a cleaning</ButtonLink>}
      {(role === 'manager' || role === 'admin') && <ButtonLink to="/orders">See the orders</ButtonLink>}
    </Empty>
  );
}

const EMPTY_WORDS = {
  customer: 'They appear here as soon as we have confirmed your order.',
  staff: 'They appear here as soon as you are assigned to one.',
  manager: 'They appear here as soon as an order is confirmed.',
  admin: 'They appear here as soon as an order is confirmed.',
} as const;
