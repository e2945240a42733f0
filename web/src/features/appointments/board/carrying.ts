import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';

/** A place of the board. */
export interface Cell {
  row: number;
  day: number;
}

/** A visit that is being carried to another place; nothing changes before it is dropped and confirmed. */
export interface Carried {
  appointment: AppointmentJson;
  from: Cell;
  over: Cell;
}

/** The place beside `cell` in the direction of an arrow key, within the board; `null` for other keys. */
export function cellBeside(cell: Cell, key: string, size: { rows: number; days: number }): Cell | null {
  const steps: Readonly<Record<string, Cell>> = {
    ArrowUp: { row: -1, day: 0 },
    ArrowDown: { row: 1, day: 0 },
    ArrowLeft: { row: 0, day: -1 },
    ArrowRight: { row: 0, day: 1 },
  };
  const step = steps[key];
  if (step === undefined) return null;
  return {
    row: Math.min(size.rows - 1, Math.max(0, cell.row + step.row)),
    day: Math.min(size.days - 1, Math.max(0, cell.day + step.day)),
  };
}

export function isSame(a: Cell | undefined, b: Cell): boolean {
  return a?.row === b.row && a.day === b.day;
}
