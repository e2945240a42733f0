import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { MyDaysPage } from '../features/appointments/my-days/MyDaysPage.tsx';

const route = getRouteApi('/members/my-day');

export function MyDaysRoute(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <MyDaysPage
      search={search}
      onSearch={(next) => void navigate({ search: next, replace: true })}
      onOpen={(id) => void navigate({ to: '/appointments/$id', params: { id } })}
    />
  );
}
