import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { t } from '../../lib/t.ts';
import { tellDone, tellFailure, tellWarning } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { mailCalendarFile } from './api/mail-file.ts';

/** The calendar file by e-mail: for whoever reads this on another device than the one with the calendar. */
export function MailFile({ appointmentId }: { appointmentId: number }): ReactElement {
  const mail = useMutation({
    mutationFn: () => mailCalendarFile(appointmentId),
    onSuccess: ({ email, delivery }) => {
      if (delivery === 'server')
        return tellDone(t('appointments.one.mailSent'), t('appointments.one.mailSentMore', { email }));
      return tellWarning(t('appointments.one.mailOff'), t('appointments.one.mailOffNext'));
    },
    onError: (error) => tellFailure(t('appointments.one.mailFailed'), error),
  });
  return (
    <Button
      variant="default"
      leftSection={<Icon name="mail" size={18} />}
      loading={mail.isPending}
      onClick={() => mail.mutate()}
    >
      {t('appointments.one.mail')}
    </Button>
  );
}
