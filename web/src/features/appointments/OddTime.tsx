import type { ReactElement } from 'react';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';
import type { TimeDoubt } from './use-odd-time.ts';

/** The question or the hint about an odd time, where there is one. */
export function OddTime({ doubt }: { doubt: TimeDoubt }): ReactElement {
  return (
    <div role="status">
      {doubt.isAsking && <StatusStrip tone="warn" icon="alert" title={t('appointments.change.isPast')} />}
      {doubt.isNight && <StatusStrip tone="busy" icon="info" title={t('appointments.change.isNight')} />}
    </div>
  );
}
