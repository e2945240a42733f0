import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { t } from '../../lib/t.ts';
import { pastQuery } from './api/list-appointments.ts';
import { AppointmentList } from './AppointmentList.tsx';
import { useListStart } from './use-list-start.ts';

export function PastAppointments({ status }: { status: AppointmentJson['status'] | undefined }): ReactElement {
  const to = useListStart();
  const query = useInfiniteQuery(pastQuery({ to, status }));
  if (query.isPending) return <Loading words={t('appointments.list.loadingPast')} />;
  if (query.isLoadingError) {
    return <Failure title={t('appointments.notShown')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  // What has begun and is not over is upcoming still.
  const over = query.data.pages
    .flatMap((page) => page.items)
    .filter((appointment) => Date.parse(appointment.ends_at) <= Date.parse(to));
  if (over.length === 0 && !query.hasNextPage) return <Empty icon="calendar" title={t('appointments.list.nonePast')} />;
  return <AppointmentList name={`past ${status}`} appointments={over} following={query} />;
}
