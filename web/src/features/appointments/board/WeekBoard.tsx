import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import type { TeamCalendarsJson } from '../../../../../src/api-contract/team-calendars.ts';
import { Icon } from '../../../components/Icon.tsx';
import { StatusTag } from '../../../components/StatusTag.tsx';
import { t } from '../../../lib/t.ts';
import type { IsoDate } from '../../../lib/week.ts';
import type { BoardRow, RowPerson } from './board-rows.ts';
import { absenceWords, dateWords } from './board-words.ts';
import { teamCalendarStatus } from './calendar-state-words.ts';
import { isSame, type Cell } from './carrying.ts';
import { useCarrying, type Carrying } from './use-carrying.ts';
import { VisitCard } from './VisitCard.tsx';
import classes from './WeekBoard.module.css';

/** Where a visit is to go. */
export interface Drop {
  appointment: AppointmentJson;
  from: RowPerson;
  to: RowPerson;
  date: IsoDate;
}

/**
 * Rows are people, columns are days. A visit is moved by pointer, by keyboard (space lifts it, arrows carry it) or by its
 * Move button; all three end in `onDrop`, which asks before anything changes.
 */
export function WeekBoard(props: {
  rows: readonly BoardRow[];
  /** How the calendars of the staff are doing, by person; left out while that is not known. */
  calendars?: ReadonlyMap<number, TeamCalendarsJson> | undefined;
  dates: readonly IsoDate[];
  today: IsoDate;
  onDrop: (drop: Drop) => void;
}): ReactElement {
  const { rows, dates, onDrop } = props;
  const drop = (appointment: AppointmentJson, from: Cell, to: Cell): void => {
    const [source, target, date] = [rows[from.row], rows[to.row], dates[to.day]];
    if (source && target && date) onDrop({ appointment, from: source.person, to: target.person, date });
  };
  const carrying = useCarrying({ rows, dates, onDrop: drop });
  return (
    <>
      <table className={classes.board} data-days={dates.length}>
        <caption className="heading-only">{t('board.caption')}</caption>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              {t('board.who')}
            </th>
            {dates.map((date) => (
              <th key={date} scope="col" className={classes.date} data-today={date === props.today || undefined}>
                {dateWords(date)}
                {date === props.today && <span className={classes.todayWord}> {t('board.today')}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <PersonRow
              key={row.person.id ?? 'nobody'}
              row={row}
              calendars={row.person.id === null ? undefined : props.calendars?.get(row.person.id)}
              rowAt={at}
              dates={dates}
              carrying={carrying}
            />
          ))}
        </tbody>
      </table>
      <p role="status" className="heading-only">
        {carrying.announcement}
      </p>
    </>
  );
}

function PersonRow(props: {
  row: BoardRow;
  calendars: TeamCalendarsJson | undefined;
  rowAt: number;
  dates: readonly IsoDate[];
  carrying: Carrying;
}): ReactElement {
  const { row, calendars, rowAt, dates, carrying } = props;
  const visits = row.days.reduce((sum, day) => sum + day.length, 0);
  return (
    <tr data-nobody={row.person.id === null || undefined}>
      <th scope="row" className={classes.person}>
        <span className={classes.name}>{row.person.name}</span>
        <span className={classes.count}>
          {row.isForeign ? t('board.otherTeam') : t('board.visits', { count: visits })}
        </span>
        {calendars && (
          <span className={classes.calendar}>
            <StatusTag status={teamCalendarStatus(calendars)} />
          </span>
        )}
      </th>
      {row.days.map((day, dayAt) => (
        <DayCell
          key={dates[dayAt]}
          cell={{ row: rowAt, day: dayAt }}
          carrying={carrying}
          absent={absenceWords(row.absences[dayAt])}
        >
          {day.map((visit) => (
            <VisitCard key={visit.appointment.id} visit={visit} cell={{ row: rowAt, day: dayAt }} carrying={carrying} />
          ))}
        </DayCell>
      ))}
    </tr>
  );
}

function DayCell(props: {
  cell: Cell;
  carrying: Carrying;
  /** What its person has said of the day; `null` when nothing. */
  absent: string | null;
  children: ReactElement[];
}): ReactElement {
  const { cell, carrying } = props;
  // Leaving a child fires too: what counts is how many of the nested elements the pointer is in.
  const [depth, setDepth] = useState(0);
  const isTarget = isSame(carrying.carried?.over, cell) || (depth > 0 && carrying.dragging);
  return (
    <td
      className={classes.cell}
      data-target={isTarget || undefined}
      data-absent={props.absent !== null || undefined}
      onDragEnter={() => setDepth((now) => now + 1)}
      onDragLeave={() => setDepth((now) => Math.max(0, now - 1))}
      onDragOver={(event) => {
        if (carrying.dragging) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        setDepth(0);
        carrying.dropDragged(cell);
      }}
    >
      {props.absent !== null && (
        <p className={classes.absent}>
          <Icon name="alert" size={15} />
          {props.absent}
        </p>
      )}
      {props.children.length > 0 && <ul className={classes.visits}>{props.children}</ul>}
    </td>
  );
}
