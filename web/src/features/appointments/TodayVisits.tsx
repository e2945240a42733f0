import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { t } from '../../lib/t.ts';
import { dayAround } from '../../lib/time.ts';
import { useUser } from '../../lib/user.ts';
import { firstQuery } from './api/list-appointments.ts';
import classes from './home-parts.module.css';
import { VisitRows } from './VisitRows.tsx';

/** More than one looks through on a first page. */
const SHOWN = 12;

/** What goes on today, whatever became of it. */
export function TodayVisits(): ReactElement {
  const { role } = useUser();
  const [today] = useState(() => dayAround(new Date()));
  const query = useQuery(firstQuery(today, SHOWN));
  return (
    <Card title={t(`appointments.home.today.${role}`)}>
      {query.isPending && <CardLoading words={t('appointments.home.loadingToday')} />}
      {query.isError && <CardFailure error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.items.length === 0 && <p className={classes.soft}>{t('appointments.home.nothingToday')}</p>}
      {query.data && <VisitRows appointments={query.data.items} withDay={false} />}
      {role === 'staff' && query.data && query.data.items.length > 0 && (
        <p className={classes.rest}>
          <TextLink to="/my-day">{t('myDays.withWays')}</TextLink>
        </p>
      )}
      {query.data?.next_cursor && (
        <p className={classes.rest}>
          {t('appointments.home.more')} <TextLink to="/appointments">{t('appointments.home.seeAll')}</TextLink>
        </p>
      )}
    </Card>
  );
}
