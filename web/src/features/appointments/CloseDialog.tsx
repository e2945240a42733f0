import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { hasCode } from '../../lib/problem.ts';
import { formatDay, formatTimes } from '../../lib/time.ts';
import { closeAppointment, type Closing } from './api/change-appointment.ts';
import { useAppointmentChange } from './use-appointment-change.ts';

const WORDS: Readonly<Record<Closing, { title: string; text: string; yes: string; done: string }>> = {
  cancel: {
    title: 'Cancel this appointment?',
    text: 'It disappears from the calendars of everyone concerned. This can’t be undone.',
    yes: 'Cancel the appointment',
    done: 'Appointment cancelled',
  },
  complete: {
    title: 'Is the work done?',
    text: 'The appointment is marked as completed. It stays in the calendars.',
    yes: 'Yes, it is done',
    done: 'Appointment completed',
  },
  'no-show': {
    title: 'Was nobody at home?',
    text: 'The appointment is marked so that the office can get in touch with the customer.',
    yes: 'Yes, nobody was there',
    done: 'Marked: nobody at home',
  },
};

/** Asks before an appointment is brought to an end, in whichever way. */
export function CloseDialog(props: { appointment: AppointmentJson; how: Closing; onClose: () => void }): ReactElement {
  const { appointment, how, onClose } = props;
  const client = useQueryClient();
  const words = WORDS[how];
  const change = useAppointmentChange({
    id: appointment.id,
    run: (version: number) => closeAppointment(appointment.id, how, version),
    done: words.done,
    onDone: onClose,
  });
  const conflict = hasCode(change.error, 'version_conflict');
  const reload = (): void => {
    void client.invalidateQueries({ queryKey: ['appointments', 'one', appointment.id] });
    onClose();
  };
  const { starts_at: start, ends_at: end, time_zone: zone } = appointment;
  return (
    <ConfirmDialog
      opened
      title={words.title}
      yes={words.yes}
      no="Go back"
      danger={how === 'cancel'}
      busy={change.isPending}
      error={conflict ? null : change.error}
      onYes={() => change.mutate(appointment.version)}
      onNo={onClose}
    >
      {conflict && <FormProblem error={change.error} onReload={reload} />}
      <p>
        <strong>{appointment.service.name}</strong>, {formatDay(start, zone, new Date())},{' '}
        {formatTimes(start, end, zone)}
      </p>
      <p>{words.text}</p>
    </ConfirmDialog>
  );
}
