import { isMet, type Goal, type Row } from './row.ts';

/** The rows as lines of equal columns. */
export function renderTable(rows: readonly Row[]): string {
  const lines = [['', 'goal', 'measured', 'A/A', '', 'behind it'], ...rows.map(cells)];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells(row: Row): string[] {
  const verdict = row.goal === null ? '' : isMet(row) ? 'met' : 'MISSED';
  const control = row.control === null ? '–' : number(row.control);
  return [row.name, goalText(row), measure(row.value, row.unit), control, verdict, row.note];
}

function goalText({ goal, unit }: { goal: Goal; unit?: string }): string {
  if (goal === null) return '–';
  return 'atLeast' in goal ? `≥ ${measure(goal.atLeast, unit)}` : `≤ ${measure(goal.atMost, unit)}`;
}

function measure(value: number, unit: string | undefined): string {
  return unit === undefined ? number(value) : `${number(value)} ${unit}`;
}

/** Three digits that mean something; small ratios as fractions are easier to compare with a goal such as 1/1,000. */
function number(value: number): string {
  if (value > 0 && value < 0.1) return `1/${Math.round(1 / value).toLocaleString('en')}`;
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
