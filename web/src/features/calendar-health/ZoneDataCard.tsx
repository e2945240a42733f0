import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { Fact, Facts } from '../../components/Facts.tsx';
import { StatusTag, type Status } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';
import { zoneDataQuery } from './api/health.ts';

/** Which rules about summer time are in use. */
export function ZoneDataCard(): ReactElement {
  const query = useQuery(zoneDataQuery());
  const data = query.data;
  return (
    <Card title={t('health.zones.title')} aside={data && <StatusTag status={ageStatus(data.is_old)} />}>
      {query.isPending && <CardLoading words={t('health.zones.loading')} />}
      {query.isError && <CardFailure error={query.error} onRetry={() => void query.refetch()} />}
      {data && (
        <Facts>
          <Fact icon="clock" label={t('health.zones.inUse')}>
            {t(data.is_old ? 'health.zones.versionOld' : 'health.zones.version', {
              version: data.version,
              days: data.age_days,
            })}
          </Fact>
          <Fact icon="list" label={t('health.zones.found')}>
            {data.copies.map((copy) => t('health.zones.copy', copy)).join(', ')}
          </Fact>
          <Fact icon="calendar" label={t('health.zones.behind')}>
            {data.appointments_behind > 0 && t('health.zones.behindMore', { count: data.appointments_behind })}
          </Fact>
        </Facts>
      )}
    </Card>
  );
}

function ageStatus(isOld: boolean): Status {
  return isOld
    ? { tone: 'warn', icon: 'clock', word: t('health.zones.old') }
    : { tone: 'good', icon: 'check', word: t('health.zones.recent') };
}
