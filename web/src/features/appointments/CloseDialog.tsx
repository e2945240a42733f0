import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { hasCode } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { closeAppointment, type Closing } from './api/change-appointment.ts';
import { NowShown } from './NowShown.tsx';
import { useAppointmentChange } from './use-appointment-change.ts';
import { whenWords } from './when-words.ts';

/** Asks before an appointment is brought to an end, in whichever way. */
export function CloseDialog(props: { appointment: AppointmentJson; how: Closing; onClose: () => void }): ReactElement {
  const { appointment, how, onClose } = props;
  const change = useAppointmentChange<void>({
    appointment,
    run: (_, shown) => closeAppointment(appointment.id, how, shown.version),
    done: t(`appointments.close.${how}.done`),
    onDone: onClose,
  });
  const conflict = hasCode(change.error, 'version_conflict');
  return (
    <ConfirmDialog
      opened
      title={t(`appointments.close.${how}.title`)}
      yes={t(`appointments.close.${how}.yes`)}
      no={t('appointments.change.goBack')}
      danger={how === 'cancel'}
      busy={change.isPending}
      error={conflict ? null : change.error}
      onYes={() => change.mutate()}
      onNo={onClose}
    >
      {conflict && <FormProblem error={change.error} now={<NowShown appointment={change.shown} />} />}
      <p>
        <strong>{appointment.service.name}</strong>, {whenWords(change.shown, new Date())}
      </p>
      <p>{t(`appointments.close.${how}.text`)}</p>
    </ConfirmDialog>
  );
}
