import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { FailingGroupJson, FailingItemJson } from '../../../../src/api-contract/health.ts';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { Icon } from '../../components/Icon.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { calendarName } from '../../lib/providers.ts';
import { ofServer, t } from '../../lib/t.ts';
import { formatAgo, formatMoment } from '../../lib/time.ts';
import { failingQuery } from './api/health.ts';
import classes from './CalendarHealthPage.module.css';
import { useRetryFailing } from './use-health.ts';

/** Events that could not be written, by why. */
export function FailingCard({ groups }: { groups: readonly FailingGroupJson[] }): ReactElement {
  return (
    <Card title={t('health.failing.title')} tone={groups.length > 0 ? 'bad' : undefined}>
      {groups.length === 0 ? (
        <p className={classes.soft}>{t('health.failing.none')}</p>
      ) : (
        <ul className={classes.list}>
          {groups.map((group) => (
            <li key={`${group.provider} ${group.code}`} className={`${classes.row} ${classes.group}`}>
              <Group group={group} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Group({ group }: { group: FailingGroupJson }): ReactElement {
  const [open, setOpen] = useState(false);
  const retry = useRetryFailing();
  const { provider, count, people, retried } = group;
  const about = t('health.failing.about', { count, calendar: calendarName(provider) });
  const summary = { about, people: t('health.failing.people', { count: people }) };
  return (
    <>
      <div>
        <p className={classes.name}>{ofServer('operator', group)}</p>
        <p className={classes.soft}>
          {retried > 0 ? t('health.failing.retried', { ...summary, retried }) : t('health.failing.summary', summary)}
        </p>
      </div>
      <div className={classes.actions}>
        <Button
          variant="default"
          size="sm"
          aria-expanded={open}
          aria-label={t(open ? 'health.failing.hideAbout' : 'health.failing.showAbout', { about })}
          onClick={() => setOpen(!open)}
        >
          {open ? t('health.failing.hide') : t('health.failing.show')}
        </Button>
        <Button
          size="sm"
          leftSection={<Icon name="refresh" size={16} />}
          aria-label={t('health.failing.retryAbout', { about })}
          loading={retry.isPending}
          onClick={() => retry.mutate(group)}
        >
          {t('health.retry')}
        </Button>
      </div>
      {open && <Items group={group} />}
    </>
  );
}

function Items({ group }: { group: FailingGroupJson }): ReactElement {
  const query = useInfiniteQuery(failingQuery(group));
  if (query.isPending) return <CardLoading words={t('health.failing.loading')} />;
  if (query.isLoadingError) return <CardFailure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div className={classes.trouble}>
      <ul className={classes.items}>
        {query.data.pages
          .flatMap((page) => page.items)
          .map((item) => (
            <li key={item.id}>
              <Item item={item} />
            </li>
          ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('common.showMore')}
        </Button>
      )}
    </div>
  );
}

function Item({ item }: { item: FailingItemJson }): ReactElement {
  const { appointment, user, account_email: account, next_attempt_at: next } = item;
  return (
    <>
      <TextLink to="/appointments/$id" params={{ id: appointment.id }} underline="always">
        {t('health.failing.appointment', { service: appointment.service, id: String(appointment.id) })}
      </TextLink>
      , {formatMoment(appointment.starts_at)} · {user.name}, {account}
      {next !== null && ` · ${t('health.failing.nextTry', { when: formatAgo(next, new Date()) })}`}
    </>
  );
}
