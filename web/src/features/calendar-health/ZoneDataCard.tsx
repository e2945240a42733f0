import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { Fact, Facts } from '../../components/Facts.tsx';
import { StatusTag, type Status } from '../../components/StatusTag.tsx';
import { zoneDataQuery } from './api/health.ts';
import { counted } from './health-words.ts';

const GOOD: Status = { tone: 'good', icon: 'check', word: 'Recent' };
const OLD: Status = { tone: 'warn', icon: 'clock', word: 'Old' };

/** Which rules about summer time are in use. */
export function ZoneDataCard(): ReactElement {
  const query = useQuery(zoneDataQuery());
  const data = query.data;
  return (
    <Card title="Time zone data" aside={data && <StatusTag status={data.is_old ? OLD : GOOD} />}>
      {query.isPending && <CardLoading what="the versions" />}
      {query.isError && <CardFailure error={query.error} onRetry={() => void query.refetch()} />}
      {data && (
        <Facts>
          <Fact icon="clock" label="In use">
            Version {data.version}, {counted(data.age_days, 'day')} old
            {data.is_old && '. Update this program or the system’s tzdata.'}
          </Fact>
          <Fact icon="list" label="Found">
            {data.copies.map(({ source, version }) => `${source} ${version}`).join(', ')}
          </Fact>
          <Fact icon="calendar" label="Behind">
            {data.appointments_behind > 0 &&
              `${counted(data.appointments_behind, 'appointment')} with older data; they are looked at by themselves.`}
          </Fact>
        </Facts>
      )}
    </Card>
  );
}
