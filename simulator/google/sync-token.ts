import { digestOf, makeToken, readToken } from '../kit/signed-token.ts';
import { ApiError, invalidParameter } from './api-error.ts';
import type { Calendar } from './state.ts';

/** What a sync token remembers. */
export interface SyncPoint {
  /** Revision up to which the caller knows the calendar. */
  revision: number;
}

/** What a page token remembers. */
export interface PagePoint {
  /** How far the listing has come: a revision or an ordinal, or an index for sorted lists. */
  cursor: number;
  /** Revision at which the listing began; its sync token starts from there. */
  revision: number;
}

// Parameters that may differ between the requests of one synchronisation: they change how an answer looks, not what
// is in it. `timeMin` and `timeMax` belong to the full run alone and are refused with a token.
const FREE = new Set(['pageToken', 'maxResults', 'fields', 'prettyPrint', 'alt', 'quotaUser', 'key']);
const MAY_CHANGE_BETWEEN_RUNS = new Set(['syncToken', 'timeMin', 'timeMax', 'showDeleted']);

/** A token for the calendar as of `revision`, bound to the parameters of the request. */
export function makeSyncToken(calendar: Calendar, query: URLSearchParams, point: SyncPoint): string {
  const bound = parametersOf(query, true);
  return encode('s', calendar, [point.revision, calendar.syncGeneration, bound]);
}

/** Reads a sync token. Throws ApiError 400 for a strange one or other parameters, 410 for one that has died. */
export function readSyncToken(calendar: Calendar, query: URLSearchParams, token: string): SyncPoint {
  const parts = decode('s', calendar, token);
  if (!parts) throw invalidParameter('syncToken', 'Invalid sync token value.');
  const [revision, generation, bound] = parts;
  if (Number(generation) !== calendar.syncGeneration) throw fullSyncRequired();
  if (bound !== parametersOf(query, true)) {
    throw invalidParameter('syncToken', 'Sync token cannot be used with other parameters than the first request.');
  }
  return { revision: Number(revision) };
}

/** A token for the next page of the same request. */
export function makePageToken(calendar: Calendar, query: URLSearchParams, point: PagePoint): string {
  return encode('p', calendar, [point.cursor, point.revision, parametersOf(query, false)]);
}

/** Reads a page token. Throws ApiError 400 for a strange one or one of another request. */
export function readPageToken(calendar: Calendar, query: URLSearchParams, token: string): PagePoint {
  const parts = decode('p', calendar, token);
  if (!parts || parts[2] !== parametersOf(query, false)) {
    throw invalidParameter('pageToken', 'Invalid page token value.');
  }
  return { cursor: Number(parts[0]), revision: Number(parts[1]) };
}

/** 410: the caller has to drop its token and list everything again. */
export function fullSyncRequired(): ApiError {
  return new ApiError(410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.', {
    domain: 'calendar',
    location: { type: 'parameter', name: 'syncToken' },
  });
}

function encode(kind: string, calendar: Calendar, parts: (string | number)[]): string {
  return makeToken([kind, digestOf(calendar.id), ...parts]);
}

function decode(kind: string, calendar: Calendar, token: string): string[] | null {
  const [tokenKind, calendarDigest, ...parts] = readToken(token) ?? [];
  return tokenKind === kind && calendarDigest === digestOf(calendar.id) ? parts : null;
}

function parametersOf(query: URLSearchParams, acrossRuns: boolean): string {
  const bound = [...query]
    .filter(([name]) => !FREE.has(name) && !(acrossRuns && MAY_CHANGE_BETWEEN_RUNS.has(name)))
    .filter(([name, value]) => !(name === 'singleEvents' && value === 'false'))
    .map(([name, value]) => `${name}=${value}`)
    .toSorted();
  return bound.length === 0 ? '' : digestOf(bound.join('&'));
}
