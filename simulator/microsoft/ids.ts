import { mailboxPart, textPart } from './state.ts';
import type { Account } from './state.ts';

/** Which ids a request speaks: those that change with every move, or the immutable ones. */
export type IdSpace = 'default' | 'immutable';

const PREFIXES: Record<IdSpace, string> = { default: 'AAMkAG', immutable: 'AAkALg' };
const FORM = /^AA(?:MkAG|kALg)[A-Za-z0-9+/]{16}\/[A-Za-z0-9+/]{16}\+[A-Za-z]AAA=$/;

/**
 * The id of the n-th event of the simulator; `moves` counts how often it changed its folder. Two neighbours differ by
 * nothing but the case of one letter, so whoever folds case mixes them up.
 */
export function eventId(space: IdSpace, email: string, number: number, moves = 0): string {
  const pair = Math.floor(number / 2);
  const item = textPart(`event:${email}:${pair}:${space === 'default' ? moves : ''}`);
  return `${PREFIXES[space]}${mailboxPart(email)}/${item}+${number % 2 === 0 ? 'q' : 'Q'}AAA=`;
}

/** The space an id belongs to, or null for a text that is no id of an event. */
export function spaceOf(id: string): IdSpace | null {
  if (!FORM.test(id)) return null;
  return id.startsWith(PREFIXES.default) ? 'default' : 'immutable';
}

/** The id of a person in Graph: a personal account shows 16 digits, no GUID. */
export function userId(account: Account): string {
  return account.kind === 'personal' ? account.oid.slice(19).replace('-', '') : account.oid;
}
