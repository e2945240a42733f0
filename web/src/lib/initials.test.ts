import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test.each([
  ['Ada Byrne', 'AB'],
  ['  jane   maria doe ', 'JD'],
  ['Sarah', 'S'],
  ['Émile (Office) Zola', 'ÉZ'],
  ['Émile', 'É'],
  ['李 明', '李明'],
  ['𝒜da 🙂', '𝒜'],
  ['🙂', '?'],
])('%s is %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
