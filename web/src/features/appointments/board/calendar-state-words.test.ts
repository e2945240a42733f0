import { expect, test } from 'vitest';
import type { TeamCalendarsJson } from '../../../../../src/api-contract/team-calendars.ts';
import { teamCalendarStatus } from './calendar-state-words.ts';

type Calendar = TeamCalendarsJson['calendars'][number];
const google = (state: Calendar['state']): Calendar => ({ provider: 'google', state });
const outlook = (state: Calendar['state']): Calendar => ({ provider: 'outlook', state });

test.each([
  [[], true, 'No calendar connected', 'quiet'],
  [[google('connected')], true, 'Calendar: up to date', 'good'],
  [[google('working')], true, 'Calendar: updating', 'busy'],
  [[google('needs_sign_in')], true, 'Calendar: needs sign-in', 'bad'],
  [[google('connected')], false, 'Calendar sync is off', 'quiet'],
  [[google('connected'), outlook('connected')], true, 'Calendar: up to date', 'good'],
  [[google('connected'), outlook('needs_sign_in')], true, 'Outlook: needs sign-in', 'bad'],
  [[google('working'), outlook('connected')], true, 'Google Calendar: updating', 'busy'],
] as const)('%j, sync %s: %s', (calendars, enabled, word, tone) => {
  const status = teamCalendarStatus({ user_id: 7, calendar_sync_enabled: enabled, calendars: [...calendars] });
  expect(status).toMatchObject({ word, tone });
});
