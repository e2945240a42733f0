import { getRouteApi } from '@tanstack/react-router';
import { useCallback, type ReactElement } from 'react';
import { CalendarSettingsPage } from '../features/calendar-settings/CalendarSettingsPage.tsx';

const route = getRouteApi('/members/settings/calendar');

export function CalendarSettingsRoute(): ReactElement {
  const outcome = route.useSearch();
  const navigate = route.useNavigate();
  const forget = useCallback(() => void navigate({ search: {}, replace: true }), [navigate]);
  return <CalendarSettingsPage outcome={outcome} onOutcomeSeen={forget} />;
}
