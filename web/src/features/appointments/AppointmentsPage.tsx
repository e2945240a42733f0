import { SegmentedControl, Select } from '@mantine/core';
import { lazy, Suspense, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { appointmentStatus } from '../../components/appointment-words.ts';
import { Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { wholePart } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { useUser } from '../../lib/user.ts';
import classes from './AppointmentsPage.module.css';
import { PastAppointments } from './PastAppointments.tsx';
import { UpcomingAppointments } from './UpcomingAppointments.tsx';

// FullCalendar is the largest part of the app; whoever looks at the list does not wait for it.
const AppointmentCalendar = lazy(async () => ({
  default: (await wholePart(import('./AppointmentCalendar.tsx'))).AppointmentCalendar,
}));

const STATUSES = ['scheduled', 'completed', 'cancelled', 'no_show'] as const;

/** What the address says about the page; the defaults are left out of it. */
export interface AppointmentsSearch {
  view?: 'list' | 'calendar' | undefined;
  when?: 'upcoming' | 'past' | undefined;
  status?: AppointmentJson['status'] | undefined;
}

export function AppointmentsPage(props: {
  search: AppointmentsSearch;
  onSearch: (search: AppointmentsSearch) => void;
  onOpen: (id: number) => void;
}): ReactElement {
  const { role } = useUser();
  const { view = 'list', when = 'upcoming', status } = props.search;
  const title = role === 'customer' || role === 'staff' ? t('appointments.mine') : t('appointments.title');
  const change = (changed: AppointmentsSearch): void => props.onSearch({ ...props.search, ...changed });
  return (
    <Page title={title}>
      <div className={classes.filters}>
        <SegmentedControl
          aria-label={t('appointments.list.view')}
          value={view}
          onChange={(value) => change({ view: value === 'calendar' ? 'calendar' : undefined })}
          data={[
            { value: 'list', label: t('appointments.list.asList') },
            { value: 'calendar', label: t('appointments.list.asCalendar') },
          ]}
        />
        {view === 'list' && (
          <>
            <SegmentedControl
              aria-label={t('appointments.list.which')}
              value={when}
              onChange={(value) => change({ when: value === 'past' ? 'past' : undefined })}
              data={[
                { value: 'upcoming', label: t('appointments.list.upcoming') },
                { value: 'past', label: t('appointments.list.past') },
              ]}
            />
            <StatusFilter status={status} onChange={(value) => change({ status: value })} />
          </>
        )}
      </div>
      {view === 'calendar' && (
        <Suspense fallback={<Loading words={t('appointments.calendar.loading')} />}>
          <AppointmentCalendar onOpen={props.onOpen} />
        </Suspense>
      )}
      {view === 'list' && when === 'upcoming' && <UpcomingAppointments key={status} status={status} />}
      {view === 'list' && when === 'past' && <PastAppointments key={status} status={status} />}
    </Page>
  );
}

function StatusFilter(props: {
  status: AppointmentJson['status'] | undefined;
  onChange: (status: AppointmentJson['status'] | undefined) => void;
}): ReactElement {
  return (
    <Select
      aria-label={t('appointments.list.status')}
      className={classes.status}
      value={props.status ?? 'all'}
      onChange={(value) => props.onChange(STATUSES.find((status) => status === value))}
      allowDeselect={false}
      data={[
        { value: 'all', label: t('appointments.list.everyStatus') },
        ...STATUSES.map((status) => ({ value: status, label: appointmentStatus({ status }).word })),
      ]}
    />
  );
}
