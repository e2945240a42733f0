import FullCalendar, { type CalendarOptions, type EventClickInfo } from '@fullcalendar/react';
import dayGridPlugin from '@fullcalendar/react/daygrid';
import listPlugin from '@fullcalendar/react/list';
import enGb from '@fullcalendar/react/locales/en-gb';
import classicThemePlugin from '@fullcalendar/react/themes/classic';
import timeGridPlugin from '@fullcalendar/react/timegrid';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Failure } from '../../components/Notices.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { LOCALE, viewerZone, wallClock } from '../../lib/time.ts';
import { spanQuery } from './api/list-appointments.ts';
import { calendarEvents, shownHours } from './calendar-events.ts';
import classes from './AppointmentCalendar.module.css';
import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import './fullcalendar-colours.css';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Wall times are laid on one common grid, so the span asked for is wider by the largest distance between zones. */
const ZONE_MARGIN_MS = DAY_MS;

const FIXED: CalendarOptions = {
  plugins: [dayGridPlugin, timeGridPlugin, listPlugin, classicThemePlugin],
  locales: [enGb],
  locale: LOCALE === 'en-US' ? 'en' : 'en-gb',
  // Each visit stands at the wall time of its own place: what is printed on the letter is what the calendar shows.
  timeZone: 'UTC',
  now: () => nowOnTheWall(),
  nowIndicator: true,
  allDaySlot: false,
  dayMaxEvents: 4,
  eventDisplay: 'block',
  eventTimeFormat: { hour: '2-digit', minute: '2-digit' },
  height: 'auto',
  views: {
    timeGridDay: { columnEventTitleClass: 'visit-title' },
    timeGridWeek: { columnEventTitleClass: 'visit-title' },
    listWeek: {
      listItemEventBeforeClass: 'agenda-dot',
      listItemEventTimeClass: 'agenda-time',
      listItemEventTitleClass: 'agenda-title',
    },
  },
  buttons: {
    today: { text: 'Today', hint: 'Today' },
    dayGridMonth: { text: 'Month' },
    timeGridWeek: { text: 'Week' },
    timeGridDay: { text: 'Day' },
    listWeek: { text: 'Agenda' },
  },
};

export function AppointmentCalendar({ onOpen }: { onOpen: (id: number) => void }): ReactElement {
  const small = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const [span, setSpan] = useState<{ from: string; to: string } | null>(null);
  const query = useQuery({
    ...spanQuery(span ?? {}),
    enabled: span !== null,
    placeholderData: keepPreviousData,
  });
  const entries = calendarEvents(query.data?.items ?? []);
  const open = ({ event, jsEvent }: EventClickInfo): void => {
    if (jsEvent.ctrlKey || jsEvent.metaKey) return;
    jsEvent.preventDefault();
    onOpen(Number(event.id));
  };
  return (
    <div className={classes.calendar} aria-busy={query.isFetching}>
      {query.isError && (
        <Failure title="Your appointments can’t be shown" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.complete === false && (
        <StatusStrip tone="warn" icon="info" title="Not everything is shown">
          <p>There are more appointments in these days than fit here. Choose a shorter time.</p>
        </StatusStrip>
      )}
      <FullCalendar
        {...FIXED}
        initialView={small ? 'listWeek' : 'dayGridMonth'}
        headerToolbar={
          small
            ? { start: 'title', end: 'prev,today,next' }
            : { start: 'prev,today,next', center: 'title', end: 'dayGridMonth,timeGridWeek,listWeek' }
        }
        footerToolbar={small ? { center: 'dayGridMonth,timeGridDay,listWeek' } : false}
        {...shownHours(entries)}
        events={entries}
        eventClick={open}
        noEventsContent="No appointments in these days"
        datesSet={({ start, end }) =>
          setSpan({
            from: new Date(start.getTime() - ZONE_MARGIN_MS).toISOString(),
            to: new Date(end.getTime() + ZONE_MARGIN_MS).toISOString(),
          })
        }
      />
    </div>
  );
}

function nowOnTheWall(): string {
  const { date, time } = wallClock(new Date(), viewerZone());
  return `${date}T${time}`;
}
