import { Button, Group, Progress, Stack } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { ConnectionJson } from '../../../../src/api-contract/calendar.ts';
import { Ago } from '../../components/Ago.tsx';
import { Card } from '../../components/Card.tsx';
import { Fact, Facts } from '../../components/Facts.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { calendarName } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import { troubleWords } from '../../lib/trouble-words.ts';
import { AdminConsentLink } from './AdminConsentLink.tsx';
import {
  changeWords,
  connectionSentence,
  connectionStatus,
  horizonWords,
  isPausedByOwner,
} from './connection-words.ts';
import { DisconnectDialog } from './DisconnectDialog.tsx';
import { GuardQuestion } from './GuardQuestion.tsx';
import classes from './ProviderCards.module.css';
import { usePausing } from './use-calendar-actions.ts';

/** A connected account: what state it is in and what can be done with it. */
export function ConnectionCard(props: {
  connection: ConnectionJson;
  enabled: boolean;
  /** Where an administrator allows us; `null` where there is no such page. */
  adminConsentUrl: string | null;
  /** How its owner lets us in again. */
  reconnect: ReactElement;
  /** How another calendar is chosen. */
  renderMove: (onClose: () => void) => ReactElement;
}): ReactElement {
  const { connection } = props;
  const needsOwner = connection.status === 'reauth_required';
  return (
    <Card
      title={calendarName(connection.provider)}
      aside={<StatusTag status={connectionStatus(connection)} />}
      tone={needsOwner ? 'bad' : undefined}
    >
      <Stack gap="md">
        <p>{connectionSentence(connection, props.enabled)}</p>
        {connection.question !== null && <GuardQuestion connectionId={connection.id} question={connection.question} />}
        {connection.error !== null && connection.status !== 'paused' && (
          <p className={classes.error} data-tone={needsOwner ? 'bad' : 'warn'}>
            {troubleWords(connection.error)}
          </p>
        )}
        {connection.error?.code === 'admin_approval_needed' && props.adminConsentUrl !== null && (
          <AdminConsentLink url={props.adminConsentUrl} />
        )}
        {connection.backfill !== null && connection.question === null && <Backfill backfill={connection.backfill} />}
        <ConnectionFacts connection={connection} />
        {connection.status !== 'disconnecting' && (
          <Buttons connection={connection} reconnect={props.reconnect} renderMove={props.renderMove} />
        )}
      </Stack>
    </Card>
  );
}

function Backfill({ backfill }: { backfill: NonNullable<ConnectionJson['backfill']> }): ReactElement {
  const { done, total } = backfill;
  const percent = total === 0 ? 0 : Math.round((done / total) * 100);
  return (
    <div className={classes.progress}>
      <Progress.Root size="lg">
        <Progress.Section value={percent} aria-label={t('calendar.connection.backfill')} />
      </Progress.Root>
      <p className={classes.progressWords}>{t('calendar.connection.backfillMore', { done, total })}</p>
    </div>
  );
}

function ConnectionFacts({ connection }: { connection: ConnectionJson }): ReactElement {
  const { calendar, last_synced_at: synced, last_change: change } = connection;
  const own =
    calendar.kind === 'dedicated' ? t('calendar.connection.ownCalendar') : t('calendar.connection.mainCalendar');
  return (
    <Facts>
      <Fact icon="person" label={t('calendar.connection.account')}>
        {connection.account_email}
      </Fact>
      <Fact icon="calendar" label={t('calendar.connection.goesInto')}>
        {calendar.name === null || calendar.name === connection.account_email
          ? own
          : t('calendar.connection.named', { kind: own, name: calendar.name })}
      </Fact>
      <Fact icon="calendar" label={t('calendar.connection.writtenAhead')}>
        {horizonWords(connection.horizon)}
      </Fact>
      <Fact icon="clock" label={t('calendar.connection.lastSynced')}>
        {synced === null ? t('calendar.connection.notYet') : <Ago at={synced} />}
      </Fact>
      <Fact icon="refresh" label={t('calendar.connection.lastChange')}>
        {change && (
          <>
            {changeWords(change)}, <Ago at={change.at} />
          </>
        )}
      </Fact>
    </Facts>
  );
}

function Buttons(props: {
  connection: ConnectionJson;
  reconnect: ReactElement;
  renderMove: (onClose: () => void) => ReactElement;
}): ReactElement {
  const { connection } = props;
  const [asking, setAsking] = useState(false);
  const [moving, setMoving] = useState(false);
  const canMove = connection.status === 'active' || connection.status === 'degraded';
  return (
    <>
      {connection.status === 'reauth_required' && props.reconnect}
      {moving && canMove && props.renderMove(() => setMoving(false))}
      <Group gap="sm">
        {canMove && !moving && (
          <Button variant="default" onClick={() => setMoving(true)}>
            {t('calendar.connection.another')}
          </Button>
        )}
        <PauseButton connection={connection} />
        <Button variant="default" c="var(--bad-ink)" onClick={() => setAsking(true)}>
          {t('calendar.connection.disconnect')}
        </Button>
      </Group>
      <DisconnectDialog connection={connection} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}

/** Nothing that its owner could do about what the office has paused, or about what waits for their answer. */
function PauseButton({ connection }: { connection: ConnectionJson }): ReactElement | null {
  const paused = isPausedByOwner(connection);
  const pausing = usePausing(connection.id);
  if (!paused && connection.status !== 'active' && connection.status !== 'degraded') return null;
  return (
    <Button
      variant={paused ? 'filled' : 'default'}
      loading={pausing.isPending}
      onClick={() => pausing.mutate(paused ? 'resume' : 'pause')}
    >
      {t(paused ? 'calendar.connection.resume' : 'calendar.connection.pause')}
    </Button>
  );
}
