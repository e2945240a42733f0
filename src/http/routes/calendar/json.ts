import type { ActivityJson, CalendarJson, ConnectionJson, EventPreviewJson } from '../../../api-contract/calendar.ts';
import type { LedgerJson, LedgerRowJson, WithoutCalendarJson } from '../../../api-contract/ledger.ts';
import type { Ledger, LedgerEntry } from '../../../use-cases/calendar/ledger.ts';
import type { ActivityView } from '../../../use-cases/calendar/list-activity.ts';
import type { EventPreview } from '../../../use-cases/calendar/preview-events.ts';
import type { CalendarView, ConnectionView } from '../../../use-cases/calendar/show-calendar.ts';
import type { WithoutCalendar } from '../../../use-cases/calendar/without-calendar.ts';
import { feedJson } from './feeds/json.ts';

/** The calendar page as the contract spells it. */
export function calendarJson(view: CalendarView): CalendarJson {
  const { google, outlook, caldav } = view.providers;
  return {
    calendar_sync_enabled: view.syncEnabled,
    reminder_minutes: view.reminderMinutes,
    providers: {
      google: { configured: google.configured },
      outlook: { configured: outlook.configured, admin_consent_url: outlook.adminConsentUrl },
      caldav: { configured: caldav.configured },
    },
    connections: view.connections.map(connectionJson),
    feeds: view.feeds.map(feedJson),
    mails: {
      calendar_trouble: view.mails.calendarTrouble,
      appointment_files: view.mails.appointmentFiles,
      appointment_changes: view.mails.appointmentChanges,
      weekly_overview: view.mails.weeklyOverview,
      team_absences: view.mails.teamAbsences,
      reschedule_requests: view.mails.rescheduleRequests,
      request_answers: view.mails.requestAnswers,
      delivery: view.mails.delivery,
    },
  };
}

/** One account. */
export function connectionJson(view: ConnectionView): ConnectionJson {
  const { lastChange } = view;
  return {
    id: view.id,
    provider: view.provider,
    status: view.status,
    account_email: view.accountEmail,
    calendar: { id: view.calendarId, name: view.calendarName, kind: view.calendarKind },
    last_synced_at: instant(view.lastSyncedAt),
    last_change: lastChange && {
      kind: lastChange.kind,
      code: lastChange.code,
      count: lastChange.count,
      appointment_id: lastChange.appointmentId,
      at: lastChange.at,
    },
    pending: view.pending,
    failed: view.failed,
    upcoming: view.upcoming,
    backfill: view.backfill,
    error: view.error,
    question: view.question && { kind: view.question.kind, count: view.question.count, of: view.question.of },
    horizon: { days: view.horizon.days, until: view.horizon.until.toISOString(), beyond: view.horizon.beyond },
  };
}

/** Who has an appointment in which calendar, and who has it in none. */
export function ledgerJson({ entries, without }: Ledger): LedgerJson {
  return { items: entries.map(ledgerRowJson), next_cursor: null, without_calendar: without.map(withoutCalendarJson) };
}

function withoutCalendarJson(one: WithoutCalendar): WithoutCalendarJson {
  return {
    user: { id: one.userId, name: one.userName },
    role: one.role,
    reason: one.reason,
    expected_at: instant(one.expectedAt),
  };
}

/** One row of an appointment's ledger. */
function ledgerRowJson(entry: LedgerEntry): LedgerRowJson {
  return {
    connection_id: entry.connectionId,
    user: { id: entry.userId, name: entry.userName },
    role: entry.role,
    provider: entry.provider,
    account_email: entry.accountEmail,
    state: entry.state,
    remote_event_id: entry.remoteEventId,
    web_link: entry.webLink,
    synced_at: instant(entry.syncedAt),
    since: instant(entry.since),
    error: entry.error,
    next_attempt_at: instant(entry.nextAttemptAt),
  };
}

/** One line of the activity. */
export function activityJson(line: ActivityView): ActivityJson {
  return {
    id: line.id,
    connection_id: line.connectionId,
    provider: line.provider,
    kind: line.kind,
    code: line.code,
    count: line.count,
    appointment_id: line.appointmentId,
    appointment: line.appointment && {
      service: line.appointment.service,
      starts_at: line.appointment.startsAt.toISOString(),
    },
    at: line.at.toISOString(),
  };
}

export function eventPreviewJson({ role, content }: EventPreview): EventPreviewJson {
  return {
    role,
    title: content.title,
    description: content.description,
    location: content.location,
    starts_at: content.startsAt.toISOString(),
    ends_at: content.endsAt.toISOString(),
    time_zone: content.timeZone,
    busy: content.busy,
    reminder_minutes: content.reminderMinutes,
  };
}

function instant(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}
