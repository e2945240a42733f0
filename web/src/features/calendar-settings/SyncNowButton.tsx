import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { Icon } from '../../components/Icon.tsx';
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
      Sync now
    </Button>
  );
}
