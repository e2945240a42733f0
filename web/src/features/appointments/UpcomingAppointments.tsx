import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { t } from '../../lib/t.ts';
import { useUser } from '../../lib/user.ts';
import { upcomingQuery } from './api/list-appointments.ts';
import { AppointmentList } from './AppointmentList.tsx';
import { useListStart } from './use-list-start.ts';

export function UpcomingAppointments({ status }: { status: AppointmentJson['status'] | undefined }): ReactElement {
  const query = useInfiniteQuery(upcomingQuery({ from: useListStart(), status }));
  if (query.isPending) return <Loading words={t('appointments.loading')} />;
  if (query.isLoadingError) {
    return <Failure title={t('appointments.notShown')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  const appointments = query.data.pages.flatMap((page) => page.items);
  if (appointments.length === 0) return <NoneAhead filtered={status !== undefined} />;
  return <AppointmentList name={`upcoming ${status}`} appointments={appointments} following={query} />;
}

function NoneAhead({ filtered }: { filtered: boolean }): ReactElement {
  const { role } = useUser();
  if (filtered) {
    return (
      <Empty icon="calendar" title={t('appointments.list.noneOfStatus')}>
        <p>{t('appointments.list.noneOfStatusNext')}</p>
      </Empty>
    );
  }
  return (
    <Empty icon="calendar" title={t('appointments.list.noneAhead')}>
      <p>{t(`appointments.list.noneAheadNext.${role}`)}</p>
      {role === 'customer' && <ButtonLink to="/orders/new">{t('appointments.list.book')}</ButtonLink>}
      {(role === 'manager' || role === 'admin') && (
        <ButtonLink to="/orders">{t('appointments.list.seeOrders')}</ButtonLink>
      )}
    </Empty>
  );
}
