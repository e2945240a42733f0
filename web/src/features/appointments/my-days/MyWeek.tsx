import FullCalendar from '@fullcalendar/react';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Failure } from '../../../components/Notices.tsx';
import { t, useLanguage } from '../../../lib/t.ts';
import { dayAround, viewerZone } from '../../../lib/time.ts';
import { useUser } from '../../../lib/user.ts';
import { addDays, type IsoDate } from '../../../lib/week.ts';
import { spanQuery } from '../api/list-appointments.ts';
import { shownHours } from '../calendar-events.ts';
import { CALENDAR_SETUP, calendarWords, openVisit } from '../calendar-setup.ts';
import { weekEntries } from './week-entries.ts';
import classes from './MyDays.module.css';

/** The week on a grid; on a phone as a list, where a day’s name leads to that day. */
export function MyWeek(props: {
  monday: IsoDate;
  onDay: (day: IsoDate) => void;
  onOpen: (id: number) => void;
}): ReactElement {
  const { monday, onDay, onOpen } = props;
  const language = useLanguage();
  const small = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const { id: userId } = useUser();
  const query = useQuery(spanQuery({ from: midnight(monday), to: midnight(addDays(monday, 7)) }));
  const entries = weekEntries(query.data?.items ?? [], userId, viewerZone());
  return (
    <div className={classes.week} aria-busy={query.isFetching}>
      {query.isError && (
        <Failure title={t('myDays.weekNotShown')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      <FullCalendar
        {...CALENDAR_SETUP}
        {...calendarWords(language)}
        key={small ? 'list' : 'grid'}
        initialView={small ? 'listWeek' : 'timeGridWeek'}
        initialDate={monday}
        firstDay={1}
        headerToolbar={false}
        {...shownHours(entries)}
        events={entries}
        eventClick={openVisit(onOpen)}
        // On the grid FullCalendar names such links otherwise than they read (WCAG 2.5.3).
        navLinks={small}
        navLinkDayClick={(date) => onDay(date.toISOString().slice(0, 10))}
        noEventsContent={t('myDays.noneInWeek')}
      />
    </div>
  );
}

function midnight(day: IsoDate): string {
  return dayAround(new Date(`${day}T12:00:00`)).from;
}
