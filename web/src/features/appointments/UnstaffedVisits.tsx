import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';
import { firstQuery } from './api/list-appointments.ts';
import classes from './home-parts.module.css';
import { VisitRows } from './VisitRows.tsx';

const SHOWN = 6;

/** Coming visits that somebody has to be found for, soonest first. */
export function UnstaffedVisits(): ReactElement {
  const [from] = useState(() => new Date().toISOString());
  const query = useQuery(firstQuery({ from, needs_staff: 'true' }, SHOWN));
  const found = query.data?.items.length ?? 0;
  return (
    <Card
      title={t('appointments.home.needsStaff')}
      aside={found > 0 && <StatusTag status={{ tone: 'warn', icon: 'alert', word: countWords(query.data) }} />}
    >
      {query.isPending && <CardLoading words={t('appointments.home.loadingNeedsStaff')} />}
      {query.isError && <CardFailure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && found === 0 && <p className={classes.soft}>{t('appointments.home.allStaffed')}</p>}
      {query.data && <VisitRows appointments={query.data.items} withDay />}
    </Card>
  );
}

function countWords(page: { items: readonly unknown[]; next_cursor: string | null } | undefined): string {
  const count = page?.items.length ?? 0;
  return page?.next_cursor ? t('appointments.home.moreVisits', { count }) : t('appointments.home.visits', { count });
}
