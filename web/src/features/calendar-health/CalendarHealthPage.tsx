import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';
import { healthQuery, type ConnectionFilter } from './api/health.ts';
import classes from './CalendarHealthPage.module.css';
import { ConnectionsCard } from './ConnectionsCard.tsx';
import { FailingCard } from './FailingCard.tsx';
import { overallStatus } from './health-words.ts';
import { HealthNumbers } from './HealthNumbers.tsx';
import { ProviderHealthCard } from './ProviderHealthCard.tsx';
import { ZoneDataCard } from './ZoneDataCard.tsx';

/** How everybody's calendars are doing, and what an administrator can do about it. Looks again by itself. */
export function CalendarHealthPage(props: {
  filter: ConnectionFilter;
  onFilter: (filter: ConnectionFilter) => void;
}): ReactElement {
  const query = useQuery(healthQuery());
  return (
    <Page title={t('health.title')} below={<p className={classes.lead}>{t('health.lead')}</p>}>
      {query.isPending && <Loading words={t('health.loading')} />}
      {query.isError && query.data === undefined && (
        <Failure title={t('health.notShown')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && (
        <div className={classes.page}>
          <Overall health={query.data} />
          <HealthNumbers health={query.data} />
          <FailingCard groups={query.data.failing} />
          <ConnectionsCard {...props} />
          <div className={classes.providers}>
            {query.data.providers.map((provider) => (
              <ProviderHealthCard key={provider.provider} health={provider} />
            ))}
          </div>
          <ZoneDataCard />
        </div>
      )}
    </Page>
  );
}

function Overall({ health }: { health: Parameters<typeof overallStatus>[0] }): ReactElement {
  const { tone, icon, word, sentence } = overallStatus(health);
  return (
    <div role="status">
      <StatusStrip tone={tone} icon={icon} title={word}>
        <p>{sentence}</p>
      </StatusStrip>
    </div>
  );
}
