import { expect, test } from 'vitest';
import { cellBeside } from './carrying.ts';

const size = { rows: 3, days: 7 };

test('arrows go one place on, and stop at the edges', () => {
  expect(cellBeside({ row: 1, day: 1 }, 'ArrowDown', size)).toEqual({ row: 2, day: 1 });
  expect(cellBeside({ row: 1, day: 1 }, 'ArrowLeft', size)).toEqual({ row: 1, day: 0 });
  expect(cellBeside({ row: 2, day: 6 }, 'ArrowDown', size)).toEqual({ row: 2, day: 6 });
  expect(cellBeside({ row: 0, day: 6 }, 'ArrowRight', size)).toEqual({ row: 0, day: 6 });
  expect(cellBeside({ row: 0, day: 0 }, 'ArrowUp', size)).toEqual({ row: 0, day: 0 });
});

test('other keys lead nowhere', () => {
  expect(cellBeside({ row: 1, day: 1 }, 'Enter', size)).toBeNull();
});
