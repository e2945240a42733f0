import { expect, test } from 'vitest';
import { placeWords } from './people-words.ts';

const managers = new Map([[3, 'Mark Weber']]);

test('staff are told with their team', () => {
  expect(placeWords({ role: 'staff', manager_id: 3 }, managers)).toBe('Staff · Mark Weber’s team');
  expect(placeWords({ role: 'staff', manager_id: null }, managers)).toBe('Staff · no manager');
  expect(placeWords({ role: 'staff', manager_id: 4 }, managers)).toBe('Staff');
});

test('everybody else by their role alone', () => {
  expect(placeWords({ role: 'admin', manager_id: null }, managers)).toBe('Administrator');
});
