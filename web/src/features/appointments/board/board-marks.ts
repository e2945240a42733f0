import type { Status } from '../../../components/StatusTag.tsx';
import type { BoardRow } from './board-rows.ts';

/** What of these rows needs the office: visits of nobody or of somebody who can't come, and people with two visits at once. */
export function marksOf(rows: readonly BoardRow[]): Status[] {
  const visits = (row: BoardRow): BoardRow['days'][number] => row.days.flat();
  const nobody = rows
    .filter(({ person }) => person.id === null)
    .flatMap(visits)
    .filter(({ appointment }) => appointment.status === 'scheduled').length;
  const absent = rows.filter((row) => visits(row).some(({ absence }) => absence !== undefined)).length;
  const twice = rows.filter((row) => visits(row).some(({ clashes }) => clashes.length > 0)).length;
  const marks: Status[] = [];
  if (nobody > 0) marks.push({ tone: 'warn', icon: 'alert', word: count(nobody, 'visit', 'without anybody') });
  if (absent > 0) marks.push({ tone: 'warn', icon: 'alert', word: count(absent, 'person', 'who can’t come') });
  if (twice > 0) marks.push({ tone: 'warn', icon: 'alert', word: count(twice, 'person', 'in two places at once') });
  if (marks.length === 0) marks.push({ tone: 'good', icon: 'check', word: 'Everybody needed is there' });
  return marks;
}

function count(number: number, one: 'visit' | 'person', what: string): string {
  const many = one === 'visit' ? 'visits' : 'people';
  return `${number} ${number === 1 ? one : many} ${what}`;
}
