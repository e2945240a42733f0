import { Stack, Textarea } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useUser } from '../../lib/user.ts';
import { isAbsent } from './absence.ts';
import { reportAbsence, takeBackAbsence } from './api/absence.ts';
import { useAppointmentChange } from './use-appointment-change.ts';

/** A cleaner says that they can't come, or after all that they can. */
export function CannotComeDialog(props: { appointment: AppointmentJson; onClose: () => void }): ReactElement {
  const { appointment, onClose } = props;
  const { id: userId } = useUser();
  const [note, setNote] = useState('');
  const absent = isAbsent(appointment, userId);
  const change = useAppointmentChange({
    id: appointment.id,
    run: async (reason: string) => ({
      ...(absent
        ? await takeBackAbsence(appointment.id)
        : await reportAbsence(appointment.id, reason.trim() === '' ? null : reason.trim())),
      warnings: [],
    }),
    done: absent ? 'Good that you can come' : 'The office knows that you can’t come',
    message: absent
      ? 'The office sees that nobody else is needed.'
      : 'They look for somebody else. Until then the visit stays in your list.',
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      opened
      title={absent ? 'Can you come after all?' : 'You can’t come?'}
      yes={absent ? 'Yes, I can come' : 'Tell the office'}
      no="Go back"
      busy={change.isPending}
      error={change.error}
      onYes={() => change.mutate(note)}
      onNo={onClose}
    >
      <Stack>
        <p>
          {absent
            ? 'The office is told that nobody else has to be found.'
            : 'The office finds somebody else. The visit stays in your list and calendar until they have.'}
        </p>
        {!absent && (
          <Textarea
            label="Why (optional)"
            description="Only your manager and the administrators read it."
            autosize
            minRows={2}
            maxLength={5000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            data-autofocus
          />
        )}
      </Stack>
    </ConfirmDialog>
  );
}
