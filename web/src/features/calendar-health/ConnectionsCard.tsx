import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { WatchedConnectionJson } from '../../../../src/api-contract/health.ts';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { Icon } from '../../components/Icon.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { PROVIDER_NAMES, type Provider } from '../../lib/providers.ts';
import { formatAgo } from '../../lib/time.ts';
import { connectionsQuery, type ConnectionFilter, type Steering } from './api/health.ts';
import classes from './CalendarHealthPage.module.css';
import { connectionStatus, counted, STATES } from './health-words.ts';
import { useRemind, useSteerConnection } from './use-health.ts';

/** As many as one request takes. */
const MOST_REMINDERS = 200;

const PROVIDERS = Object.keys(PROVIDER_NAMES) as Provider[];

/** Everybody's calendar accounts, by state and service; owners are asked by mail, many at once. */
export function ConnectionsCard({
  filter,
  onFilter,
}: {
  filter: ConnectionFilter;
  onFilter: (filter: ConnectionFilter) => void;
}): ReactElement {
  return (
    <Card title="Connected calendars">
      <div className={classes.filters}>
        <NativeSelect
          label="State"
          value={filter.state ?? ''}
          onChange={(event) =>
            onFilter({ ...filter, state: STATES.find(({ value }) => value === event.currentTarget.value)?.value })
          }
          data={[{ value: '', label: 'All states' }, ...STATES]}
        />
        <NativeSelect
          label="Service"
          value={filter.provider ?? ''}
          onChange={(event) =>
            onFilter({ ...filter, provider: PROVIDERS.find((name) => name === event.currentTarget.value) })
          }
          data={[
            { value: '', label: 'All services' },
            ...PROVIDERS.map((value) => ({ value, label: PROVIDER_NAMES[value] })),
          ]}
        />
      </div>
      <ConnectionList key={`${filter.state} ${filter.provider}`} filter={filter} />
    </Card>
  );
}

function ConnectionList({ filter }: { filter: ConnectionFilter }): ReactElement {
  const query = useInfiniteQuery(connectionsQuery(filter));
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  if (query.isPending) return <CardLoading what="the calendars" />;
  if (query.isError) return <CardFailure error={query.error} onRetry={() => void query.refetch()} />;
  const connections = query.data.pages.flatMap((page) => page.items);
  if (connections.length === 0) return <p className={classes.soft}>No calendar is in this state.</p>;
  const needing = connections.filter((connection) => connection.needs_owner).slice(0, MOST_REMINDERS);
  const choose = (id: number, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <>
      {needing.length > 0 && <Selection needing={needing} chosen={chosen} onChosen={setChosen} />}
      <ul className={classes.list}>
        {connections.map((connection) => (
          <li key={connection.id} className={`${classes.row} ${classes.connection}`}>
            <Connection
              connection={connection}
              chosen={chosen.has(connection.id)}
              onChosen={(on) => choose(connection.id, on)}
            />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

/** Those that are shown and need their owners, and the mail to them. */
function Selection(props: {
  needing: readonly WatchedConnectionJson[];
  chosen: ReadonlySet<number>;
  onChosen: (chosen: ReadonlySet<number>) => void;
}): ReactElement {
  const { needing, chosen, onChosen } = props;
  const remind = useRemind(() => onChosen(new Set()));
  const ids = needing.map(({ id }) => id).filter((id) => chosen.has(id));
  const all = ids.length === needing.length;
  return (
    <div className={classes.selection}>
      <Checkbox
        label={`Choose all that need their owner (${needing.length})`}
        checked={all}
        indeterminate={ids.length > 0 && !all}
        onChange={(event) => onChosen(new Set(event.currentTarget.checked ? needing.map(({ id }) => id) : []))}
      />
      <Button
        leftSection={<Icon name="mail" size={16} />}
        disabled={ids.length === 0}
        loading={remind.isPending}
        onClick={() => remind.mutate(ids)}
      >
        {ids.length === 0 ? 'Ask to reconnect' : `Ask ${counted(ids.length, 'owner')} to reconnect`}
      </Button>
    </div>
  );
}

function Connection(props: {
  connection: WatchedConnectionJson;
  chosen: boolean;
  onChosen: (on: boolean) => void;
}): ReactElement {
  const { connection } = props;
  const { user, provider, account_email: account, error, pending, failed, reminded_at: reminded } = connection;
  const now = new Date();
  return (
    <>
      <Checkbox
        aria-label={`Choose ${user.name}, ${account}`}
        checked={props.chosen}
        disabled={!connection.needs_owner}
        onChange={(event) => props.onChosen(event.currentTarget.checked)}
      />
      <div>
        <p className={classes.name}>{user.name}</p>
        <p className={classes.soft}>
          {PROVIDER_NAMES[provider]}, {account}
        </p>
      </div>
      <div>
        <StatusTag status={connectionStatus(connection)} />
        <p className={classes.soft}>
          {connection.last_synced_at === null
            ? 'Nothing written yet'
            : `Last written ${formatAgo(connection.last_synced_at, now)}`}
        </p>
      </div>
      <p className={classes.soft}>
        {pending > 0 ? `${counted(pending, 'event')} waiting` : 'Nothing waits'}
        {failed > 0 && `, ${failed} failed`}
      </p>
      <Steering connection={connection} />
      {error !== null && (
        <p className={classes.trouble}>
          {error.message}
          {reminded !== null && connection.needs_owner && ` Reminded ${formatAgo(reminded, now)}.`}
        </p>
      )}
    </>
  );
}

const WORDS: Readonly<Record<Steering, string>> = { pause: 'Pause', resume: 'Resume', retry: 'Retry' };

/** What the office can do with it; nothing when the next step is its owner's. */
function Steering({ connection }: { connection: WatchedConnectionJson }): ReactElement {
  const steer = useSteerConnection();
  const { id, user, account_email: account } = connection;
  return (
    <div className={classes.buttons}>
      {steeringsOf(connection).map((steering) => (
        <Button
          key={steering}
          variant="default"
          size="xs"
          aria-label={`${WORDS[steering]} ${user.name}, ${account}`}
          loading={steer.isPending && steer.variables.steering === steering}
          onClick={() => steer.mutate({ id, steering })}
        >
          {WORDS[steering]}
        </Button>
      ))}
    </div>
  );
}

function steeringsOf({ status, needs_owner: needsOwner }: WatchedConnectionJson): Steering[] {
  if (needsOwner) return [];
  if (status === 'paused') return ['resume'];
  return status === 'disconnecting' ? ['retry'] : ['retry', 'pause'];
}
