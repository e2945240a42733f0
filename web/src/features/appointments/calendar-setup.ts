import type { CalendarOptions, EventClickInfo } from '@fullcalendar/react';
import dayGridPlugin from '@fullcalendar/react/daygrid';
import listPlugin from '@fullcalendar/react/list';
import de from '@fullcalendar/react/locales/de';
import enGb from '@fullcalendar/react/locales/en-gb';
import classicThemePlugin from '@fullcalendar/react/themes/classic';
import timeGridPlugin from '@fullcalendar/react/timegrid';
import type { Language } from '../../lib/language.ts';
import { locale, t } from '../../lib/t.ts';
import { viewerZone, wallClock } from '../../lib/time.ts';
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import './fullcalendar-colours.css';

const AGENDA = {
  listItemEventBeforeClass: 'agenda-dot',
  listItemEventTimeClass: 'agenda-time',
  listItemEventTitleClass: 'agenda-title',
};

/** What all our FullCalendars have in common: wall times are laid on one grid, whatever zones they are of. */
export const CALENDAR_SETUP: CalendarOptions = {
  plugins: [dayGridPlugin, timeGridPlugin, listPlugin, classicThemePlugin],
  locales: [enGb, de],
  timeZone: 'UTC',
  now: () => nowOnTheWall(),
  nowIndicator: true,
  allDaySlot: false,
  dayMaxEvents: 4,
  eventDisplay: 'block',
  eventTimeFormat: { hour: '2-digit', minute: '2-digit' },
  height: 'auto',
  buttonClass: ({ isSelected }) => (isSelected ? 'calendar-button calendar-button-on' : 'calendar-button'),
  views: {
    timeGridDay: { columnEventTitleClass: 'visit-title' },
    timeGridWeek: { columnEventTitleClass: 'visit-title' },
    listWeek: AGENDA,
    // Two weeks from today on: at the end of a week the next one counts.
    listAhead: {
      type: 'list',
      duration: { days: 14 },
      // With whole months it is wider than a phone.
      titleFormat: { day: 'numeric', month: 'short', year: 'numeric' },
      ...AGENDA,
    },
    // Five weeks from this one on: at the end of a month its first weeks say nothing.
    monthAhead: { type: 'dayGrid', duration: { weeks: 5 }, dateAlignment: 'week' },
  },
};

/** What is read of them. */
export function calendarWords(language: Language): CalendarOptions {
  const today = t('appointments.calendar.today');
  return {
    locale: language === 'de' ? 'de' : locale() === 'en-US' ? 'en' : 'en-gb',
    buttons: {
      today: { text: today, hint: today },
      monthAhead: { text: t('appointments.calendar.month') },
      timeGridWeek: { text: t('appointments.calendar.week') },
      timeGridDay: { text: t('appointments.calendar.day') },
      listAhead: { text: t('appointments.calendar.agenda') },
    },
    noEventsContent: t('appointments.calendar.none'),
  };
}

/** Opens the visit here; with a key held, the link does what the browser does. */
export function openVisit(onOpen: (id: number) => void): (info: EventClickInfo) => void {
  return ({ event, jsEvent }) => {
    if (jsEvent.ctrlKey || jsEvent.metaKey) return;
    jsEvent.preventDefault();
    onOpen(Number(event.id));
  };
}

function nowOnTheWall(): string {
  const { date, time } = wallClock(new Date(), viewerZone());
  return `${date}T${time}`;
}
