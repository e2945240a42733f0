import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { hasCode } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { closeAppointment, type Closing } from './api/change-appointment.ts';
import { useAppointmentChange } from './use-appointment-change.ts';
import { whenWords } from './when-words.ts';

/** Asks before an appointment is brought to an end, in whichever way. */
export function CloseDialog(props: { appointment: AppointmentJson; how: Closing; onClose: () => void }): ReactElement {
  const { appointment, how, onClose } = props;
  const client = useQueryClient();
  const change = useAppointmentChange({
    id: appointment.id,
    run: (version: number) => closeAppointment(appointment.id, how, version),
    done: t(`appointments.close.${how}.done`),
    onDone: onClose,
  });
  const conflict = hasCode(change.error, 'version_conflict');
  const reload = (): void => {
    void client.invalidateQueries({ queryKey: ['appointments', 'one', appointment.id] });
    onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={t(`appointments.close.${how}.title`)}
      yes={t(`appointments.close.${how}.yes`)}
      no={t('appointments.change.goBack')}
      danger={how === 'cancel'}
      busy={change.isPending}
      error={conflict ? null : change.error}
      onYes={() => change.mutate(appointment.version)}
      onNo={onClose}
    >
      {conflict && <FormProblem error={change.error} onReload={reload} />}
      <p>
        <strong>{appointment.service.name}</strong>, {whenWords(appointment, new Date())}
      </p>
      <p>{t(`appointments.close.${how}.text`)}</p>
    </ConfirmDialog>
  );
}
