import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { AppointmentPage } from '../features/appointments/AppointmentPage.tsx';
import { AppointmentsPage } from '../features/appointments/AppointmentsPage.tsx';

const list = getRouteApi('/members/appointments');
const one = getRouteApi('/members/appointments/$id');

export function AppointmentsRoute(): ReactElement {
  const search = list.useSearch();
  const navigate = list.useNavigate();
  return (
    <AppointmentsPage
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
      onOpen={(id) => void navigate({ to: '/appointments/$id', params: { id } })}
    />
  );
}

export function AppointmentRoute(): ReactElement {
  const { id } = one.useParams();
  return <AppointmentPage key={id} id={id} />;
}
