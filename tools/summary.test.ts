import { expect, test } from 'vitest';
import { summarise } from './summary.ts';

const GOOD = { name: 'unit tests', passed: true, seconds: 12.4 };
const BAD = { name: 'in a browser', passed: false, seconds: 60 };
const MISSING = 'POSTGRESQL WAS NOT FOUND';

test('what passed and what failed is counted and named', () => {
  const { text, passed } = summarise([GOOD, BAD], [], false);
  expect(passed).toBe(false);
  expect(text).toContain('passed  unit tests (12 s)\n');
  expect(text).toContain('FAILED  in a browser (60 s)\n');
  expect(text).toContain('1 passed, 1 failed, 0 did not run\n');
});

test('what could not run is named, and a failure only where everything is required', () => {
  const lenient = summarise([GOOD], [MISSING], false);
  expect(lenient.passed).toBe(true);
  expect(lenient.text).toContain(MISSING);
  expect(lenient.text).toContain('1 passed, 0 failed, 1 did not run\n');
  expect(summarise([GOOD], [MISSING], true).passed).toBe(false);
  expect(summarise([GOOD], [], true).passed).toBe(true);
});
