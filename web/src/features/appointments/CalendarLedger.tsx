import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import type { LedgerRowJson, WithoutCalendarJson } from '../../../../src/api-contract/ledger.ts';
import { Ago } from '../../components/Ago.tsx';
import { Card } from '../../components/Card.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Failure, Loading } from '../../components/Notices.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { calendarName } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import { viewerZone } from '../../lib/time.ts';
import { tellDone, tellFailure } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { useUser } from '../../lib/user.ts';
import { ledgerQuery, restoreEvent, retryLedger } from './api/ledger.ts';
import classes from './CalendarLedger.module.css';
import {
  absenceReason,
  absenceStatus,
  ledgerReason,
  ledgerStatus,
  roleWord,
  type AbsenceReason,
} from './ledger-words.ts';

/** In whose calendars an appointment is, who has it in none and why, and what can be done about it. */
export function CalendarLedger({ appointment }: { appointment: AppointmentJson }): ReactElement {
  const { id: appointmentId } = appointment;
  const cancelled = appointment.status === 'cancelled';
  const query = useQuery(ledgerQuery(appointmentId));
  const rows = query.data?.items ?? [];
  const without = query.data?.without_calendar ?? [];
  const listed = new Set(rows.map((row) => row.user.id));
  // That it is cancelled is said once, of everybody.
  const others = without.filter((one) => !listed.has(one.user.id) && one.reason !== 'cancelled');
  return (
    <Card
      title={t('appointments.ledger.title')}
      aside={rows.some((row) => row.state === 'failed') && <RetryButton appointmentId={appointmentId} />}
    >
      {query.isPending && <Loading words={t('appointments.ledger.loading')} />}
      {query.isError && (
        <Failure title={t('appointments.ledger.notShown')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && rows.length + others.length === 0 && <Nobody cancelled={cancelled} />}
      {rows.length + others.length > 0 && (
        <ul className={classes.rows}>
          {rows.map((row) => (
            <li key={`${row.connection_id}`} className={classes.row}>
              <LedgerRow
                row={row}
                appointmentId={appointmentId}
                cancelled={cancelled}
                absence={without.find((one) => one.user.id === row.user.id)?.reason ?? null}
              />
            </li>
          ))}
          {others.map((one) => (
            <li key={`without ${one.user.id}`} className={classes.row}>
              <WithoutRow one={one} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Of nobody that the reader may look after: only a manager can see a visit in which none of theirs has a part. */
function Nobody({ cancelled }: { cancelled: boolean }): ReactElement {
  return (
    <p className={classes.none}>
      {cancelled ? t('appointments.ledger.whyNeverCancelled') : t('appointments.ledger.nobodyAssigned')}
    </p>
  );
}

function WithoutRow({ one }: { one: WithoutCalendarJson }): ReactElement {
  const mine = useUser().id === one.user.id;
  return (
    <>
      <Who user={one.user} role={one.role} mine={mine} />
      <p className={classes.where}>{absenceReason(one, viewerZone(), new Date())}</p>
      <div className={classes.state}>
        <StatusTag status={absenceStatus(one.reason)} />
      </div>
      {mine && <NextStep absence={one.reason} />}
    </>
  );
}

function Who(props: { user: LedgerRowJson['user']; role: LedgerRowJson['role']; mine: boolean }): ReactElement {
  const { name } = props.user;
  return (
    <div className={classes.who}>
      <p className={classes.name}>{props.mine ? t('appointments.ledger.you', { name }) : name}</p>
      <p className={classes.soft}>{roleWord(props.role)}</p>
    </div>
  );
}

/** What the reader can do about it that it is in none of their own calendars. */
function NextStep({ absence }: { absence: AbsenceReason | null }): ReactElement | null {
  if (absence === 'no_calendar') return settingsLink(t('appointments.ledger.connect'));
  return absence === 'sync_off' ? settingsLink(t('appointments.ledger.switchOn')) : null;
}

function settingsLink(words: string): ReactElement {
  return (
    <TextLink to="/settings/calendar" underline="always">
      {words}
    </TextLink>
  );
}

function LedgerRow(props: {
  row: LedgerRowJson;
  appointmentId: number;
  cancelled: boolean;
  /** Why it is in none of their calendars. */
  absence: AbsenceReason | null;
}): ReactElement {
  const { row, appointmentId, cancelled, absence } = props;
  const user = useUser();
  const mine = row.user.id === user.id;
  const oversees = user.role === 'manager' || user.role === 'admin';
  return (
    <>
      <Who user={row.user} role={row.role} mine={mine} />
      <div className={classes.where}>
        <p>{calendarName(row.provider)}</p>
        <p className={classes.soft}>{row.account_email}</p>
      </div>
      <div className={classes.state}>
        <StatusTag status={ledgerStatus(row, mine, cancelled)} />
        <Since row={row} />
      </div>
      <Why row={row} mine={mine} cancelled={cancelled} absence={absence} />
      {mine && <NextStep absence={absence} />}
      {mine && row.error?.action === 'reconnect' && settingsLink(t('appointments.ledger.reconnect'))}
      {mine && row.state === 'suppressed' && (
        <RestoreButton appointmentId={appointmentId} connectionId={row.connection_id} />
      )}
      {(mine || oversees) && row.web_link !== null && row.state === 'synced' && (
        <a href={row.web_link} target="_blank" rel="noreferrer" className={classes.open}>
          {t('appointments.ledger.openIn', { calendar: calendarName(row.provider) })} <Icon name="external" size={15} />
        </a>
      )}
    </>
  );
}

/** The reason of whatever is not as it should be: open where somebody has to know it. */
function Why(props: {
  row: LedgerRowJson;
  mine: boolean;
  cancelled: boolean;
  absence: AbsenceReason | null;
}): ReactElement | null {
  const { row } = props;
  const reason = ledgerReason(row, props.mine, props.cancelled, props.absence);
  if (reason === null) return null;
  const tone = row.error === null ? undefined : row.state === 'failed' ? 'bad' : 'warn';
  return (
    <details className={classes.why} data-tone={tone} open={tone !== undefined}>
      <summary>{t('appointments.ledger.why')}</summary>
      <p>{reason}</p>
    </details>
  );
}

function Since({ row }: { row: LedgerRowJson }): ReactElement | null {
  if (row.next_attempt_at !== null && (row.state === 'failed' || row.error !== null)) {
    return (
      <p className={classes.soft}>
        {t('appointments.ledger.nextTry')} <Ago at={row.next_attempt_at} />
      </p>
    );
  }
  if (row.since === null) return null;
  return (
    <p className={classes.soft}>
      <Ago at={row.since} />
    </p>
  );
}

function RetryButton({ appointmentId }: { appointmentId: number }): ReactElement {
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => retryLedger(appointmentId),
    onSuccess: async () => {
      tellDone(t('appointments.ledger.retrying'));
      await client.invalidateQueries({ queryKey: ['ledger', appointmentId] });
    },
    onError: (error) => tellFailure(t('common.didNotWork'), error),
  });
  return (
    <Button
      variant="default"
      leftSection={<Icon name="refresh" size={16} />}
      loading={retry.isPending}
      onClick={() => retry.mutate()}
    >
      {t('appointments.ledger.retry')}
    </Button>
  );
}

function RestoreButton(props: { appointmentId: number; connectionId: number }): ReactElement {
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: () => restoreEvent(props.appointmentId, props.connectionId),
    onSuccess: async () => {
      tellDone(t('appointments.ledger.restoring'));
      await client.invalidateQueries({ queryKey: ['ledger', props.appointmentId] });
    },
    onError: (error) => tellFailure(t('appointments.ledger.restoreFailed'), error),
  });
  return (
    <div>
      <Button variant="default" size="xs" loading={restore.isPending} onClick={() => restore.mutate()}>
        {t('appointments.ledger.restore')}
      </Button>
    </div>
  );
}
