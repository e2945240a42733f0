import { Button, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement, type ReactNode } from 'react';
import { Icon } from '../../../components/Icon.tsx';
import { Empty, Failure, Loading } from '../../../components/Notices.tsx';
import { Page } from '../../../components/Page.tsx';
import { StatusStrip, StatusTag } from '../../../components/StatusTag.tsx';
import { t } from '../../../lib/t.ts';
import { viewerZone, wallClock, zoneName } from '../../../lib/time.ts';
import { addDays, daysOfWeek, mondayOf, type IsoDate } from '../../../lib/week.ts';
import { absencesQuery } from '../api/absence.ts';
import { spanQuery } from '../api/list-appointments.ts';
import { staffQuery } from '../api/list-staff.ts';
import { teamCalendarsQuery } from '../api/team-calendars.ts';
import { boardRows, type BoardRow } from './board-rows.ts';
import { dateWords, weekWords } from './board-words.ts';
import { marksOf } from './board-marks.ts';
import { MoveDialog } from './MoveDialog.tsx';
import { WeekBoard, type Drop } from './WeekBoard.tsx';
import classes from './WeekBoard.module.css';

/** The week of the team by person. `beside` is what else the office looks at here. */
export function TeamWeekPage(props: {
  /** Any date of the week; this week when left out. */
  week: IsoDate | undefined;
  onWeek: (monday: IsoDate | undefined) => void;
  beside: ReactNode;
}): ReactElement {
  const zone = viewerZone();
  const today = wallClock(new Date(), zone).date;
  const monday = mondayOf(props.week ?? today);
  return (
    <Page
      title={t('board.title')}
      width="full"
      below={<p className={classes.lead}>{t('board.lead', { zone: zoneName(zone) })}</p>}
    >
      <nav className={classes.toolbar} aria-label={t('board.which')}>
        <Button.Group>
          <Button variant="default" onClick={() => props.onWeek(addDays(monday, -7))} aria-label={t('board.before')}>
            <Icon name="arrowLeft" size={18} />
          </Button>
          <Button variant="default" onClick={() => props.onWeek(undefined)}>
            {t('board.present')}
          </Button>
          <Button variant="default" onClick={() => props.onWeek(addDays(monday, 7))} aria-label={t('board.after')}>
            <Icon name="arrowRight" size={18} />
          </Button>
        </Button.Group>
        <h2 className={classes.week}>{weekWords(monday)}</h2>
      </nav>
      <Board key={monday} monday={monday} today={today} />
      <div className={classes.beside}>{props.beside}</div>
    </Page>
  );
}

function Board({ monday, today }: { monday: IsoDate; today: IsoDate }): ReactElement {
  const small = useMediaQuery('(max-width: 61.99em)', undefined, { getInitialValueInEffect: false });
  const week = daysOfWeek(monday);
  const [day, setDay] = useState(() => (week.includes(today) ? today : monday));
  const [drop, setDrop] = useState<Drop | null>(null);
  const staff = useQuery(staffQuery());
  // The week is of use without it.
  const calendars = useQuery(teamCalendarsQuery());
  const absences = useQuery(absencesQuery({ from: monday, until: addDays(monday, 6) }));
  // A day more at either end: the days are those of the visits' own places.
  const query = useQuery({
    ...spanQuery({ from: `${addDays(monday, -1)}T00:00:00Z`, to: `${addDays(monday, 8)}T00:00:00Z` }),
    placeholderData: keepPreviousData,
  });
  if (query.isPending || staff.isPending) return <Loading words={t('board.loading')} />;
  const error = query.error ?? staff.error;
  if (!query.data || !staff.data) {
    const retry = (): void => void Promise.all([query.refetch(), staff.refetch()]);
    return <Failure title={t('board.notShown')} error={error} onRetry={retry} />;
  }
  const appointments = query.data.items;
  const rowsOf = (dates: readonly IsoDate[]): BoardRow[] => boardRows(appointments, staff.data, dates, absences.data);
  const rows = rowsOf(small ? [day] : week);
  return (
    <>
      {!query.data.complete && (
        <StatusStrip tone="warn" icon="info" title={t('board.notAll')}>
          <p>{t('board.notAllNext')}</p>
        </StatusStrip>
      )}
      {staff.data.length === 0 && (
        <Empty icon="people" title={t('board.noTeam')}>
          <p>{t('board.noTeamNext')}</p>
        </Empty>
      )}
      <Marks rows={small ? rowsOf(week) : rows} />
      {small && <DayChoice week={week} day={day} onDay={setDay} />}
      <WeekBoard rows={rows} calendars={calendars.data} dates={small ? [day] : week} today={today} onDrop={setDrop} />
      {drop !== null && (
        <MoveDialog key={drop.appointment.id} drop={drop} staff={staff.data} onClose={() => setDrop(null)} />
      )}
    </>
  );
}

/** What of the week somebody should look at, in words. */
function Marks({ rows }: { rows: readonly BoardRow[] }): ReactElement | null {
  const marks = marksOf(rows);
  return (
    <p className={classes.marks} aria-live="polite">
      {marks.map((status) => (
        <StatusTag key={status.word} status={status} />
      ))}
    </p>
  );
}

function DayChoice(props: { week: readonly IsoDate[]; day: IsoDate; onDay: (day: IsoDate) => void }): ReactElement {
  return (
    <>
      <SegmentedControl
        aria-label={t('board.whichDay')}
        className={classes.days}
        size="sm"
        value={props.day}
        onChange={props.onDay}
        data={props.week.map((date) => ({ value: date, label: shortest(date) }))}
      />
      <h3 className={classes.day}>{dateWords(props.day)}</h3>
    </>
  );
}

/** `Mo 30`: seven fit beside each other on a phone. */
function shortest(date: IsoDate): string {
  return `${dateWords(date).slice(0, 2)} ${Number(date.slice(8))}`;
}
