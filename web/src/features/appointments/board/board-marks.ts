import type { Status } from '../../../components/StatusTag.tsx';
import { t } from '../../../lib/t.ts';
import type { BoardRow } from './board-rows.ts';

/** What of these rows needs the office: visits of nobody or of somebody who can't come, and people with two visits at once. */
export function marksOf(rows: readonly BoardRow[]): Status[] {
  const visits = (row: BoardRow): BoardRow['days'][number] => row.days.flat();
  const nobody = rows
    .filter(({ person }) => person.id === null)
    .flatMap(visits)
    .filter(({ appointment }) => appointment.status === 'scheduled').length;
  const absent = rows.filter(isMissing).length;
  const twice = rows.filter((row) => visits(row).some(({ clashes }) => clashes.length > 0)).length;
  const marks: Status[] = [];
  if (nobody > 0) marks.push({ tone: 'warn', icon: 'alert', word: t('board.withoutAnybody', { count: nobody }) });
  if (absent > 0) marks.push({ tone: 'warn', icon: 'alert', word: t('board.absent', { count: absent }) });
  if (twice > 0) marks.push({ tone: 'warn', icon: 'alert', word: t('board.twice', { count: twice }) });
  if (marks.length === 0) marks.push({ tone: 'good', icon: 'check', word: t('board.allThere') });
  return marks;
}

/** Somebody has to come in their place: they said so of a visit, or of the day of one that was planned since. */
function isMissing({ days, absences }: BoardRow): boolean {
  return days.some((visits, at) =>
    visits.some(
      ({ appointment, absence }) =>
        absence !== undefined || (absences[at] !== undefined && appointment.status === 'scheduled'),
    ),
  );
}
