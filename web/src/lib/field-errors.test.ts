import { expect, test } from 'vitest';
import { sortFieldErrors } from './field-errors.ts';

const INPUTS = { time: ['items.0.starts_at'], town: ['address.city'] } as const;

test('finds the input whatever way the path is written', () => {
  for (const field of ['items.0.starts_at', '/items/0/starts_at', 'items[0].starts_at', 'body.items.0.starts_at']) {
    expect(sortFieldErrors([{ field, message: 'Later, please.' }], INPUTS)).toEqual({
      byInput: { time: 'Later, please.' },
      rest: [],
    });
  }
});

test('loses nothing that fits no input', () => {
  const faults = [
    { field: 'address.city', message: 'Add it.' },
    { field: 'recurrence', message: 'Too long.' },
  ];
  expect(sortFieldErrors(faults, INPUTS)).toEqual({ byInput: { town: 'Add it.' }, rest: ['Too long.'] });
});

test('shows the first fault of an input', () => {
  const faults = [
    { field: 'address.city', message: 'First.' },
    { field: 'address.city', message: 'Second.' },
  ];
  expect(sortFieldErrors(faults, INPUTS).byInput).toEqual({ town: 'First.' });
});
