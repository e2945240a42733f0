import { Stack, Textarea } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson, RescheduleRequestJson } from '../../../../../src/api-contract/appointments.ts';
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx';
import { BUSINESS } from '../../../lib/business.ts';
import { t } from '../../../lib/t.ts';
import { declineReschedule } from '../api/reschedule-request.ts';
import { useAppointmentChange } from '../use-appointment-change.ts';

/** Those who plan say why none of the proposed times is possible. */
export function DeclineDialog(props: {
  appointment: AppointmentJson;
  request: RescheduleRequestJson;
  onClose: () => void;
}): ReactElement {
  const { appointment, request, onClose } = props;
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const declining = useAppointmentChange({
    appointment,
    run: (why: string) => declineReschedule(appointment.id, { request_id: request.id, reason: why }),
    done: t('requests.declined'),
    message: BUSINESS.isMailed ? t('requests.declinedMore') : t('requests.declinedMoreHere'),
    onDone: onClose,
  });
  const decline = (): void => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') declining.mutate(reason.trim());
  };
  return (
    <ConfirmDialog
      opened
      title={t('requests.declineTitle')}
      yes={t('requests.declineYes')}
      no={t('requests.back')}
      busy={declining.isPending}
      error={declining.error}
      onYes={decline}
      onNo={onClose}
    >
      <Stack>
        <p>{t('requests.declineText')}</p>
        <Textarea
          label={t('requests.why')}
          description={t('requests.whyHint')}
          autosize
          minRows={2}
          maxLength={5000}
          value={reason}
          error={missing && reason.trim() === '' && t('requests.whyMissing')}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
      </Stack>
    </ConfirmDialog>
  );
}
