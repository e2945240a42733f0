import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { t } from '../../lib/t.ts';
import { tellFailure } from '../../lib/tell.ts';
import { downloadCalendarFile } from './api/download-file.ts';

/** For calendars that are not connected: the appointment as a file that every calendar app opens. */
export function DownloadFile({ appointmentId }: { appointmentId: number }): ReactElement {
  const download = useMutation({
    mutationFn: () => downloadCalendarFile(appointmentId),
    onError: (error) => tellFailure(t('appointments.one.fileFailed'), error),
  });
  return (
    <Button
      variant="default"
      leftSection={<Icon name="download" size={18} />}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      {t('appointments.one.file')}
    </Button>
  );
}
