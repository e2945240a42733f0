import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { AppointmentJson, WarningJson } from '../../../../src/api-contract/appointments.ts';
import { t } from '../../lib/t.ts';
import { tellDone, tellServerWarnings } from '../../lib/tell.ts';
import { appointmentQuery } from './api/get-appointment.ts';

/** An appointment after a change; not every change is warned of. */
export interface Changed extends AppointmentJson {
  warnings?: readonly WarningJson[];
}

/**
 * Runs one change of an appointment. Afterwards everything that shows it is fetched again, its calendars included, and
 * the warnings of the answer are told.
 */
export function useAppointmentChange<Wish>(setting: {
  id: number;
  run: (wish: Wish) => Promise<Changed>;
  done: string;
  /** What follows; that the calendars do, when left out. */
  message?: string;
  onDone: () => void;
}): UseMutationResult<Changed, Error, Wish> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: setting.run,
    onSuccess: async ({ warnings = [], ...appointment }) => {
      client.setQueryData(appointmentQuery(setting.id).queryKey, appointment);
      setting.onDone();
      tellDone(setting.done, setting.message ?? t('appointments.change.follow'));
      tellServerWarnings(t('appointments.change.pleaseCheck'), warnings);
      await Promise.all([
        client.invalidateQueries({ queryKey: ['appointments'] }),
        client.invalidateQueries({ queryKey: ['ledger', setting.id] }),
        client.invalidateQueries({ queryKey: ['orders'] }),
      ]);
    },
  });
}
