import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { downloadCalendarFile, type FileOf } from '../lib/download-file.ts';
import { t } from '../lib/t.ts';
import { tellFailure } from '../lib/tell.ts';
import { useMutation } from '../lib/use-mutation.ts';
import { Icon } from './Icon.tsx';

/** For calendars that are not connected: what every calendar app opens. */
export function DownloadFile({ of }: { of: FileOf }): ReactElement {
  const download = useMutation({
    mutationFn: () => downloadCalendarFile(of),
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
