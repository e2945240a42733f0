import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { appointmentStatus, teamWords } from '../../components/appointment-words.ts';
import { t } from '../../lib/t.ts';
import { arrivalWords, viewerZone } from '../../lib/time.ts';
import { whenWords } from './when-words.ts';

/** How an appointment stands after somebody else changed it, as far as dialogs change it. */
export function NowShown({ appointment }: { appointment: AppointmentJson }): ReactElement {
  const { starts_at: start, arrival_window_minutes: window, staff } = appointment;
  const facts = [
    appointmentStatus(appointment).word,
    whenWords(appointment, new Date()),
    arrivalWords(start, window, viewerZone()),
    teamWords(staff),
  ];
  return (
    <>
      <p>{t('common.form.isNow')}</p>
      <p>
        <strong>{facts.filter((fact) => fact !== null).join(' · ')}</strong>
      </p>
    </>
  );
}
