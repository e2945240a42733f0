import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { tellDone, tellFailure, tellWarning } from '../../lib/tell.ts';
import { mailCalendarFile } from './api/mail-file.ts';

/** The calendar file by e-mail: for whoever reads this on another device than the one with the calendar. */
export function MailFile({ appointmentId }: { appointmentId: number }): ReactElement {
  const mail = useMutation({
    mutationFn: () => mailCalendarFile(appointmentId),
    onSuccess: ({ email, delivery }) => {
      if (delivery === 'server') return tellDone('The file is on its way', `It is sent to ${email}.`);
      return tellWarning('No e-mail is sent at present', 'E-mail is not set up here yet. Download the file instead.');
    },
    onError: (error) => tellFailure('The file could not be sent', error),
  });
  return (
    <Button
      variant="default"
      leftSection={<Icon name="mail" size={18} />}
      loading={mail.isPending}
      onClick={() => mail.mutate()}
    >
      Send me the file
    </Button>
  );
}
