import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { FailingGroupJson, FailingItemJson } from '../../../../src/api-contract/health.ts';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { Icon } from '../../components/Icon.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { PROVIDER_NAMES } from '../../lib/providers.ts';
import { formatAgo, formatMoment } from '../../lib/time.ts';
import { failingQuery } from './api/health.ts';
import classes from './CalendarHealthPage.module.css';
import { counted } from './health-words.ts';
import { useRetryFailing } from './use-health.ts';

/** Events that could not be written, by why. */
export function FailingCard({ groups }: { groups: readonly FailingGroupJson[] }): ReactElement {
  return (
    <Card title="Events that could not be written" tone={groups.length > 0 ? 'bad' : undefined}>
      {groups.length === 0 ? (
        <p className={classes.soft}>None. Every event is in its calendar or on its way.</p>
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
  const { provider, count, people, retried, message } = group;
  const about = `${counted(count, 'event')}, ${PROVIDER_NAMES[provider]}`;
  return (
    <>
      <div>
        <p className={classes.name}>{message}</p>
        <p className={classes.soft}>
          {about}, {counted(people, 'person', 'people')}
          {retried > 0 && `. ${retried} tried again by themselves`}
        </p>
      </div>
      <div className={classes.actions}>
        <Button
          variant="default"
          size="sm"
          aria-expanded={open}
          aria-label={`${open ? 'Hide' : 'Show'} the ${about}`}
          onClick={() => setOpen(!open)}
        >
          {open ? 'Hide' : 'Show'}
        </Button>
        <Button
          size="sm"
          leftSection={<Icon name="refresh" size={16} />}
          aria-label={`Retry ${about}`}
          loading={retry.isPending}
          onClick={() => retry.mutate(group)}
        >
          Retry
        </Button>
      </div>
      {open && <Items group={group} />}
    </>
  );
}

function Items({ group }: { group: FailingGroupJson }): ReactElement {
  const query = useInfiniteQuery(failingQuery(group));
  if (query.isPending) return <CardLoading what="the events" />;
  if (query.isError) return <CardFailure error={query.error} onRetry={() => void query.refetch()} />;
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
          Show more
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
        {appointment.service} #{appointment.id}
      </TextLink>
      , {formatMoment(appointment.starts_at)} · {user.name}, {account}
      {next !== null && ` · next try ${formatAgo(next, new Date())}`}
    </>
  );
}
