import { useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type {
  AccountCalendarsJson,
  CalendarJson,
  CaldavLogin,
  ConnectCaldavRequest,
} from '../../../../src/api-contract/calendar.ts';
import { tellDone } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { connectCaldav, listAccountCalendars } from './api/connect-caldav.ts';
import { calendarQuery } from './api/get-calendar.ts';
import { connectedWords } from './outcome-words.ts';

/** Tries a login and tells what calendars there are. Nothing is kept of it once it is answered. */
export function useListCalendars(
  onFound: (login: CaldavLogin, calendars: AccountCalendarsJson['items']) => void,
): UseMutationResult<AccountCalendarsJson['items'], Error, CaldavLogin> {
  return useMutation({
    mutationFn: listAccountCalendars,
    onSuccess: (calendars, login) => onFound(login, calendars),
    gcTime: 0,
  });
}

export function useConnectCaldav(onDone: () => void): UseMutationResult<CalendarJson, Error, ConnectCaldavRequest> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: connectCaldav,
    gcTime: 0,
    onSuccess: async (calendar) => {
      const { title, text } = connectedWords('caldav');
      tellDone(title, text);
      onDone();
      client.setQueryData(calendarQuery().queryKey, calendar);
      await client.invalidateQueries({ queryKey: ['calendar'] });
    },
  });
}
