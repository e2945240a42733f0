import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
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
      title="Needs staff"
      aside={found > 0 && <StatusTag status={{ tone: 'warn', icon: 'alert', word: countWords(query.data) }} />}
    >
      {query.isPending && <CardLoading what="what needs staff" />}
      {query.isError && <CardFailure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && found === 0 && <p className={classes.soft}>Everybody needed is there.</p>}
      {query.data && <VisitRows appointments={query.data.items} withDay />}
    </Card>
  );
}

function countWords(page: { items: readonly unknown[]; next_cursor: string | null } | undefined): string {
  const count = page?.items.length ?? 0;
  if (page?.next_cursor) return `More than ${count} visits`;
  return count === 1 ? '1 visit' : `${count} visits`;
}
