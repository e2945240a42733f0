import { useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { AppointmentJson, WarningJson } from '../../../../src/api-contract/appointments.ts';
import { hasCode } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { tellDone, tellServerWarnings } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { appointmentQuery, getAppointment } from './api/get-appointment.ts';

/** An appointment after a change; not every change is warned of. */
export interface Changed extends AppointmentJson {
  warnings?: readonly WarningJson[];
}

export type AppointmentChange<Wish> = UseMutationResult<Changed, Error, Wish> & {
  /**
   * What whoever decides has seen: the appointment as it was when the dialog opened, and after a conflict as it is since.
   * News that come in meanwhile don't alter it, so that its version tells the server what the decision was about.
   */
  shown: AppointmentJson;
};

/**
 * Runs one change of an appointment. Afterwards everything that shows it is fetched again, its calendars included, and
 * the warnings of the answer are told.
 */
export function useAppointmentChange<Wish>(setting: {
  appointment: AppointmentJson;
  /** `know`: that a first part of the change is done, so that `shown` is something else. */
  run: (wish: Wish, shown: AppointmentJson, know: (appointment: AppointmentJson) => void) => Promise<Changed>;
  done: string;
  /** What follows; that the calendars do, when left out. */
  message?: string;
  onDone: () => void;
  /** Somebody was quicker; `shown` is what it is now. */
  onConflict?: (current: AppointmentJson, before: AppointmentJson) => void;
}): AppointmentChange<Wish> {
  const client = useQueryClient();
  const [shown, setShown] = useState(setting.appointment);
  const { id } = shown;
  const invalidate = async (): Promise<void> => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['appointments'] }),
      client.invalidateQueries({ queryKey: ['ledger', id] }),
      client.invalidateQueries({ queryKey: ['orders'] }),
      client.invalidateQueries({ queryKey: ['absences'] }),
    ]);
  };
  const change = useMutation({
    mutationFn: (wish: Wish) => setting.run(wish, shown, setShown),
    onSuccess: async ({ warnings = [], ...appointment }) => {
      client.setQueryData(appointmentQuery(id).queryKey, appointment);
      setting.onDone();
      tellDone(setting.done, setting.message ?? t('appointments.change.follow'));
      tellServerWarnings(t('appointments.change.pleaseCheck'), warnings);
      await invalidate();
    },
    onError: async (fault) => {
      if (!hasCode(fault, 'version_conflict')) return;
      // When this fails, the next try meets the same conflict and asks again.
      const current = await getAppointment(id).catch(() => null);
      if (current === null) return;
      client.setQueryData(appointmentQuery(id).queryKey, current);
      setting.onConflict?.(current, shown);
      setShown(current);
      void invalidate();
    },
  });
  return { ...change, shown };
}
