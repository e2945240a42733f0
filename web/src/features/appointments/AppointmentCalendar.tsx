import FullCalendar from '@fullcalendar/react';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Failure, Loading } from '../../components/Notices.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { t, useLanguage } from '../../lib/t.ts';
import { spanQuery } from './api/list-appointments.ts';
import { calendarEvents, shownHours } from './calendar-events.ts';
import { CALENDAR_SETUP, calendarWords, openVisit } from './calendar-setup.ts';
import classes from './AppointmentCalendar.module.css';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The grid's days are laid as if they were UTC's, so the span asked for is wider than any zone is off it. */
const ZONE_MARGIN_MS = DAY_MS;

/** Each visit stands at the reader's own time, as in their calendar. A month begins with this week, the agenda with today. */
export function AppointmentCalendar({ onOpen }: { onOpen: (id: number) => void }): ReactElement {
  const language = useLanguage();
  const small = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const [span, setSpan] = useState<{ from: string; to: string } | null>(null);
  const query = useQuery({
    ...spanQuery(span ?? {}),
    enabled: span !== null,
    placeholderData: keepPreviousData,
  });
  // What is shown of another span says nothing of this one.
  const loading = query.isPending || query.isPlaceholderData;
  const entries = calendarEvents(query.data?.items ?? []);
  return (
    <div className={classes.calendar} aria-busy={query.isFetching}>
      {query.isError && (
        <Failure title={t('appointments.notShown')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.complete === false && (
        <StatusStrip tone="warn" icon="info" title={t('appointments.calendar.notAll')}>
          <p>{t('appointments.calendar.notAllNext')}</p>
        </StatusStrip>
      )}
      {loading && (
        <div className={classes.loading}>
          <Loading words={t('appointments.calendar.loading')} />
        </div>
      )}
      <FullCalendar
        {...CALENDAR_SETUP}
        {...calendarWords(language)}
        initialView={small ? 'listAhead' : 'monthAhead'}
        headerToolbar={
          small
            ? { start: 'monthAhead,timeGridDay,listAhead', center: 'prev,today,next', end: 'title' }
            : { start: 'prev,today,next', center: 'title', end: 'monthAhead,timeGridWeek,listAhead' }
        }
        noEventsContent={loading || query.isError ? '' : t('appointments.calendar.none')}
        {...shownHours(entries)}
        events={entries}
        eventClick={openVisit(onOpen)}
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
