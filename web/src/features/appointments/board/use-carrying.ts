import { useState, type KeyboardEvent } from 'react';
import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { t } from '../../../lib/t.ts';
import type { IsoDate } from '../../../lib/week.ts';
import type { BoardRow } from './board-rows.ts';
import { carryWords, visitName } from './board-words.ts';
import { cellBeside, type Carried, type Cell } from './carrying.ts';

export interface Carrying {
  /** By keyboard. */
  carried: Carried | null;
  /** By pointer. */
  dragging: boolean;
  announcement: string;
  /** For the Move button of a visit: space lifts, arrows carry, Enter drops, Escape puts back. */
  onKeyDown(event: KeyboardEvent, appointment: AppointmentJson, at: Cell): void;
  onBlur(): void;
  /** The Move button itself: asks where to, beginning with where it is. */
  ask(appointment: AppointmentJson, at: Cell): void;
  beginDrag(appointment: AppointmentJson, at: Cell): void;
  endDrag(): void;
  dropDragged(to: Cell): void;
}

/** Carries visits over the board, by keyboard or pointer. */
export function useCarrying(setting: {
  rows: readonly BoardRow[];
  dates: readonly IsoDate[];
  onDrop: (appointment: AppointmentJson, from: Cell, to: Cell) => void;
}): Carrying {
  const { rows, dates, onDrop } = setting;
  const [carried, setCarried] = useState<Carried | null>(null);
  const [dragged, setDragged] = useState<{ appointment: AppointmentJson; from: Cell } | null>(null);
  const [announcement, setAnnouncement] = useState('');
  const carryTo = (next: Carried): void => {
    setCarried(next);
    const person = rows[next.over.row]?.person.name ?? '';
    setAnnouncement(carryWords(visitName(next.appointment), person, dates[next.over.day] ?? ''));
  };
  const putBack = (word: string): void => {
    setCarried(null);
    setAnnouncement(word);
  };
  return {
    carried,
    dragging: dragged !== null,
    announcement,
    onKeyDown(event, appointment, at) {
      if (event.key === ' ' && carried === null) {
        event.preventDefault();
        return carryTo({ appointment, from: at, over: at });
      }
      if (carried === null) return;
      const next = cellBeside(carried.over, event.key, { rows: rows.length, days: dates.length });
      if (next === null && event.key === 'Tab') return;
      event.preventDefault();
      if (next !== null) return carryTo({ ...carried, over: next });
      if (event.key === 'Escape') return putBack(t('board.putBack'));
      if (event.key === 'Enter' || event.key === ' ') {
        putBack('');
        onDrop(carried.appointment, carried.from, carried.over);
      }
    },
    onBlur() {
      if (carried !== null) putBack(t('board.putBack'));
    },
    ask: (appointment, at) => onDrop(appointment, at, at),
    beginDrag: (appointment, from) => setDragged({ appointment, from }),
    endDrag: () => setDragged(null),
    dropDragged(to) {
      if (dragged !== null) onDrop(dragged.appointment, dragged.from, to);
      setDragged(null);
    },
  };
}
