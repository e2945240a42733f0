import type { CalendarState, TeamCalendarsJson } from '../../../../../src/api-contract/team-calendars.ts';
import type { Status } from '../../../components/StatusTag.tsx';
import { calendarName } from '../../../lib/providers.ts';
import { t } from '../../../lib/t.ts';

/** The most urgent last. */
const LOOKS: Readonly<Record<CalendarState, Pick<Status, 'tone' | 'icon'>>> = {
  connected: { tone: 'good', icon: 'check' },
  working: { tone: 'busy', icon: 'refresh' },
  paused: { tone: 'quiet', icon: 'pause' },
  delayed: { tone: 'warn', icon: 'clock' },
  incomplete: { tone: 'warn', icon: 'alert' },
  asks_owner: { tone: 'warn', icon: 'alert' },
  needs_sign_in: { tone: 'bad', icon: 'alert' },
};
const URGENCY = Object.keys(LOOKS) as CalendarState[];

/** How the calendars of one person are doing: of several the one that needs somebody most, by its name. */
export function teamCalendarStatus({ calendar_sync_enabled: enabled, calendars }: TeamCalendarsJson): Status {
  const [worst] = calendars.toSorted((a, b) => URGENCY.indexOf(b.state) - URGENCY.indexOf(a.state));
  if (worst === undefined) return { tone: 'quiet', icon: 'calendar', word: t('board.calendar.none') };
  if (!enabled) return { tone: 'quiet', icon: 'pause', word: t('board.calendar.off') };
  const state = t(`board.calendar.states.${worst.state}`);
  const alike = calendars.every((calendar) => calendar.state === worst.state);
  const word = alike
    ? t('board.calendar.every', { state })
    : t('board.calendar.one', { calendar: calendarName(worst.provider), state });
  return { ...LOOKS[worst.state], word };
}
