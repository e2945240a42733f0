import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { PeoplePage } from '../features/people/PeoplePage.tsx';

const route = getRouteApi('/members/people');

export function PeopleRoute(): ReactElement {
  const { role } = route.useSearch();
  const navigate = route.useNavigate();
  return <PeoplePage role={role} onRole={(next) => void navigate({ search: { role: next }, replace: true })} />;
}
