import type { CalendarJson, ConnectionJson } from '../../../../src/api-contract/calendar.ts';

/** A connection for tests. */
export function connection(over: Partial<ConnectionJson> = {}): ConnectionJson {
  return {
    id: 5,
    provider: 'google',
    status: 'active',
    account_email: 'jane@example.com',
    calendar: { id: 'primary', name: null, kind: 'primary' },
    last_synced_at: null,
    last_change: null,
    pending: 0,
    failed: 0,
    upcoming: { total: 14, written: 14, hidden: 0, more: false },
    backfill: null,
    error: null,
    question: null,
    horizon: { days: 365, until: '2027-11-20T09:00:00Z', beyond: 0 },
    ...over,
  };
}

/** The answer of `GET /api/calendar/` for tests. */
export function calendar(connections: ConnectionJson[], enabled = true): CalendarJson {
  const configured = { configured: true };
  return {
    calendar_sync_enabled: enabled,
    reminder_minutes: null,
    providers: { google: configured, outlook: { ...configured, admin_consent_url: null }, caldav: configured },
    connections,
    mails: {
      calendar_trouble: true,
      appointment_files: true,
      appointment_changes: false,
      weekly_overview: false,
      team_absences: true,
      reschedule_requests: true,
      request_answers: true,
      delivery: 'server',
    },
    feeds: [],
  };
}
