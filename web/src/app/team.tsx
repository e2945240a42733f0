import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { TeamWeekPage } from '../features/appointments/board/TeamWeekPage.tsx';
import { WaitingOrders } from '../features/orders/WaitingOrders.tsx';

const route = getRouteApi('/members/team');

export function TeamRoute(): ReactElement {
  const { week } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <TeamWeekPage
      week={week}
      onWeek={(next) => void navigate({ search: { week: next }, replace: true })}
      beside={<WaitingOrders />}
    />
  );
}
