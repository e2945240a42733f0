import { Agent, request } from 'undici';
import { authorization } from '../../src/providers/caldav/account.ts';
import { ETAG } from '../../src/providers/caldav/bodies.ts';
import { readMultistatus } from '../../src/providers/caldav/multistatus.ts';

/* Calendars on a CalDAV server, as their owner has them: made before a measurement and looked at after it. */

export interface CaldavAccount {
  username: string;
  password: string;
}

/** Radicale serves eight connections at most. */
const AT_ONCE = 4;

/** @param url of the calendar. @throws when it can't be made */
export async function makeCalendar(url: string, account: CaldavAccount): Promise<void> {
  await send(url, account, 'MKCALENDAR', 201);
}

/** The texts of all its objects. @param url of the calendar */
export async function readObjects(url: string, account: CaldavAccount): Promise<string[]> {
  const list = await send(url, account, 'PROPFIND', 207, ETAG);
  const found = readMultistatus(list, new URL(url))?.resources ?? [];
  const objects = found.map((resource) => resource.url).filter(({ pathname }) => pathname.endsWith('.ics'));
  const dispatcher = new Agent({ connections: AT_ONCE, pipelining: 1 });
  const texts = await Promise.all(objects.map(({ href }) => send(href, account, 'GET', 200, undefined, dispatcher)));
  await dispatcher.close();
  return texts;
}

async function send(
  url: string,
  account: CaldavAccount,
  method: 'MKCALENDAR' | 'PROPFIND' | 'GET',
  expected: number,
  body?: string,
  dispatcher?: Agent,
): Promise<string> {
  const headers = { authorization: authorization(account), depth: '1', 'content-type': 'application/xml' };
  const answer = await request(url, { method, headers, ...(body && { body }), ...(dispatcher && { dispatcher }) });
  const text = await answer.body.text();
  if (answer.statusCode === expected) return text;
  throw new Error(`${method}: ${answer.statusCode} ${text.slice(0, 200)}`);
}
