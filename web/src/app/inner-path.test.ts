import { expect, test } from 'vitest';
import { innerPath } from './inner-path.ts';

test('keeps paths of this app', () => {
  expect(innerPath('/appointments/12?view=list')).toBe('/appointments/12?view=list');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '', undefined])(
  'refuses %s',
  (path) => {
    expect(innerPath(path)).toBeUndefined();
  },
);
