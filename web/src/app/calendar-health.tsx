import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { CalendarHealthPage } from '../features/calendar-health/CalendarHealthPage.tsx';

const route = getRouteApi('/members/admin/calendar-health');

export function CalendarHealthRoute(): ReactElement {
  const { state, provider } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <CalendarHealthPage
      filter={{ state, provider }}
      onFilter={(filter) => void navigate({ search: filter, replace: true, resetScroll: false })}
    />
  );
}
