import { expect, test } from 'vitest';
import { fileName } from './file-name.ts';

test('takes the name that the server gives', () => {
  expect(fileName('attachment; filename="appointment-123.ics"')).toBe('appointment-123.ics');
  expect(fileName('attachment; filename=appointment-7.ics')).toBe('appointment-7.ics');
});

test('knows none where none is given', () => {
  expect(fileName(null)).toBeNull();
  expect(fileName('inline')).toBeNull();
});
