import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { t } from '../../lib/t.ts';
import { useSyncNow } from './use-calendar-actions.ts';

export function SyncNowButton(): ReactElement {
  const sync = useSyncNow();
  return (
    <Button
      variant="default"
      leftSection={<Icon name="refresh" size={16} />}
      loading={sync.isPending}
      onClick={() => sync.mutate()}
    >
      {t('calendar.syncNow')}
    </Button>
  );
}
