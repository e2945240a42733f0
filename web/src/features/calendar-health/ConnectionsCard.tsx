import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { WatchedConnectionJson } from '../../../../src/api-contract/health.ts';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { Icon } from '../../components/Icon.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { BUSINESS } from '../../lib/business.ts';
import { calendarName, PROVIDERS } from '../../lib/providers.ts';
import { ofServer, t } from '../../lib/t.ts';
import { formatAgo } from '../../lib/time.ts';
import { connectionsQuery, type ConnectionFilter, type Steering } from './api/health.ts';
import classes from './CalendarHealthPage.module.css';
import { connectionStatus, STATES } from './health-words.ts';
import { useRemind, useSteerConnection } from './use-health.ts';

/** Whoever types is not asked for with every letter. */
const PAUSE_MS = 250;

/** As many as one request takes. */
const MOST_REMINDERS = 200;

/** Everybody's calendar accounts, by state and service; owners are asked by mail, many at once. */
export function ConnectionsCard({
  filter,
  onFilter,
}: {
  filter: ConnectionFilter;
  onFilter: (filter: ConnectionFilter) => void;
}): ReactElement {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), PAUSE_MS);
  return (
    <Card title={t('health.connections.title')}>
      <div className={classes.filters}>
        <TextInput
          label={t('health.connections.search')}
          type="search"
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('health.connections.state')}
          value={filter.state ?? ''}
          onChange={(event) =>
            onFilter({ ...filter, state: STATES.find((state) => state === event.currentTarget.value) })
          }
          data={[
            { value: '', label: t('health.connections.allStates') },
            ...STATES.map((value) => ({ value, label: t(`health.connection.${value}`) })),
          ]}
        />
        <NativeSelect
          label={t('health.connections.service')}
          value={filter.provider ?? ''}
          onChange={(event) =>
            onFilter({ ...filter, provider: PROVIDERS.find((name) => name === event.currentTarget.value) })
          }
          data={[
            { value: '', label: t('health.connections.allServices') },
            ...PROVIDERS.map((value) => ({ value, label: calendarName(value) })),
          ]}
        />
      </div>
      <ConnectionList key={`${filter.state} ${filter.provider} ${search}`} filter={{ ...filter, search }} />
    </Card>
  );
}

function ConnectionList({ filter }: { filter: ConnectionFilter }): ReactElement {
  const query = useInfiniteQuery(connectionsQuery(filter));
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  if (query.isPending) return <CardLoading words={t('health.connections.loading')} />;
  if (query.isLoadingError) return <CardFailure error={query.error} onRetry={() => void query.refetch()} />;
  const connections = query.data.pages.flatMap((page) => page.items);
  if (connections.length === 0)
    return (
      <p className={classes.soft}>
        {filter.search === '' ? t('health.connections.none') : t('health.connections.notFound')}
      </p>
    );
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
            {t('common.showMore')}
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
        label={t('health.connections.chooseAll', { count: needing.length })}
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
        {t('health.connections.ask', { count: ids.length })}
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
        size="md"
        aria-label={t('health.connections.choose', { name: user.name, account })}
        checked={props.chosen}
        disabled={!connection.needs_owner}
        onChange={(event) => props.onChosen(event.currentTarget.checked)}
      />
      <div>
        <p className={classes.name}>{user.name}</p>
        <p className={classes.soft}>
          {calendarName(provider)}, {account}
        </p>
      </div>
      <div>
        <StatusTag status={connectionStatus(connection)} />
        <p className={classes.soft}>
          {connection.last_synced_at === null
            ? t('health.connections.notSynced')
            : t('health.connections.synced', { ago: formatAgo(connection.last_synced_at, now) })}
        </p>
      </div>
      <p className={classes.soft}>{queueWords(pending, failed)}</p>
      <Steering connection={connection} />
      {error !== null && (
        <p className={classes.trouble}>
          {ofServer('operator', error)}
          {reminded !== null &&
            connection.needs_owner &&
            ` ${t(BUSINESS.isMailed ? 'health.connections.reminded' : 'health.connections.remindedInOutbox', { ago: formatAgo(reminded, now) })}`}
        </p>
      )}
    </>
  );
}

function queueWords(pending: number, failed: number): string {
  const waiting =
    pending > 0 ? t('health.connections.waiting', { count: pending }) : t('health.connections.nothingWaits');
  return failed > 0 ? t('health.connections.waitingAndFailed', { waiting, failed }) : waiting;
}

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
          aria-label={t('health.connections.about', {
            what: t(`health.connections.${steering}`),
            name: user.name,
            account,
          })}
          loading={steer.isPending && steer.variables.steering === steering}
          onClick={() => steer.mutate({ id, steering })}
        >
          {t(`health.connections.${steering}`)}
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
