import { etagOf, syncToken } from './collections.ts';
import { DavError } from './dav-error.ts';
import { pathsOf } from './places.ts';
import type { Account, Calendar } from './state.ts';
import type { World } from './world.ts';
import { asked, document, escaped, readXml, responseOf, statusOf, textIn } from './xml.ts';

/** What kind of report a body asks for, for faults and the log. */
export function reportOf(body: string): string {
  return readXml(body)[0]?.name ?? '';
}

/** `REPORT` on a calendar. */
export function report(world: World, account: Account, calendar: Calendar, body: string): string {
  const sent = readXml(body);
  switch (sent[0]?.name) {
    case 'sync-collection':
      if (!world.settings.syncCollection) throw new DavError(403, 'supported-report');
      return changesSince(world, account, calendar, textIn(sent, 'sync-token') ?? '');
    case 'calendar-query':
      return found(world, account, calendar, sent);
    default:
      throw new DavError(403, 'supported-report');
  }
}

/** RFC 6578 §3. With a token deletions are told too. */
function changesSince(world: World, account: Account, calendar: Calendar, token: string): string {
  const from = token === '' ? 0 : revisionOf(calendar, token);
  if (from === null)
    throw new DavError(world.settings.badToken, world.settings.badToken === 403 ? 'valid-sync-token' : null);
  const paths = pathsOf(account, world.settings.encodesAt);
  const since = calendar.changes.filter(({ revision }) => revision > from);
  const page = since.slice(0, world.settings.changesPerPage ?? since.length);
  const responses = page.flatMap(({ name }) => {
    const object = calendar.objects.find((one) => one.name === name);
    const href = paths.object(calendar, name);
    if (object) return responseOf(href, ['getetag'], { getetag: escaped(etagOf(world, object)) });
    return from === 0 ? [] : statusOf(href, '404 Not Found');
  });
  const cut = page.length < since.length;
  if (cut) responses.push(statusOf(paths.calendar(calendar), '507 Insufficient Storage'));
  const revision = cut ? (page.at(-1)?.revision ?? from) : calendar.revision;
  const next = syncToken({ ...calendar, revision });
  return document('d:multistatus', `${responses.join('')}<d:sync-token>${escaped(next)}</d:sync-token>`);
}

/** Null for a token that is not known (any more). */
function revisionOf(calendar: Calendar, token: string): number | null {
  const [, generation, revision] = /^data:,.*-(\d+)-(\d+)$/.exec(token) ?? [];
  const known = Number(generation) === calendar.generation && Number(revision) <= calendar.revision;
  return known && token.startsWith(`data:,${calendar.slug}-`) ? Number(revision) : null;
}

/** By UID, the one filter that is known here; without the component filters nothing is found, as on several servers. */
function found(world: World, account: Account, calendar: Calendar, sent: ReturnType<typeof readXml>): string {
  const paths = pathsOf(account, world.settings.encodesAt);
  const filters = sent.filter(({ name }) => name === 'comp-filter').map(({ attributes }) => attributes['name']);
  const uid = textIn(sent, 'text-match');
  const named = filters.includes('VCALENDAR') && filters.includes('VEVENT');
  const objects = named && uid !== null ? calendar.objects.filter((object) => object.uid === uid) : [];
  const responses = objects.map((object) =>
    responseOf(paths.object(calendar, object.name), asked(sent), {
      getetag: escaped(etagOf(world, object)),
      'calendar-data': escaped(object.data),
    }),
  );
  return document('d:multistatus', responses.join(''));
}
