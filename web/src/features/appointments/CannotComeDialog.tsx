import { Stack, Textarea } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { t } from '../../lib/t.ts';
import { useUser } from '../../lib/user.ts';
import { isAbsent } from './absence.ts';
import { reportAbsence, takeBackAbsence } from './api/absence.ts';
import { useAppointmentChange } from './use-appointment-change.ts';

/** A cleaner says that they can't come, or after all that they can. */
export function CannotComeDialog(props: { appointment: AppointmentJson; onClose: () => void }): ReactElement {
  const { appointment, onClose } = props;
  const { id: userId } = useUser();
  const [note, setNote] = useState('');
  // What was asked stays the question, whatever another tab does meanwhile.
  const [absent] = useState(() => isAbsent(appointment, userId));
  const change = useAppointmentChange({
    appointment,
    run: (reason: string) =>
      absent ? takeBackAbsence(appointment.id) : reportAbsence(appointment.id, reason.trim() || null),
    done: absent ? t('appointments.absence.doneAfterAll') : t('appointments.absence.done'),
    message: absent ? t('appointments.absence.doneAfterAllMore') : t('appointments.absence.doneMore'),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      opened
      title={absent ? t('appointments.absence.titleAfterAll') : t('appointments.absence.title')}
      yes={absent ? t('appointments.absence.yesAfterAll') : t('appointments.absence.yes')}
      no={t('appointments.change.goBack')}
      busy={change.isPending}
      error={change.error}
      onYes={() => change.mutate(note)}
      onNo={onClose}
    >
      <Stack>
        <p>{absent ? t('appointments.absence.textAfterAll') : t('appointments.absence.text')}</p>
        {!absent && (
          <Textarea
            label={t('appointments.absence.why')}
            description={t('appointments.absence.whyHint')}
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
