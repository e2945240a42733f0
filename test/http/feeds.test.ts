import { Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '../../src/base/loggers.ts';
import { DAY, HOUR, MINUTE } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { strictCheck } from '../../src/providers/ics/strict-check.fixture.ts';
import { foldFeedChanges } from '../../src/store/feed-changes.ts';
import { MOST_FEEDS } from '../../src/use-cases/calendar/feeds.ts';
import { MOST_FETCHES } from '../../src/use-cases/calendar/open-feed.ts';
import { foundCompany, orderBody, type Company } from '../support/company.ts';
import {
  START_LIMIT_MS,
  startTestServer,
  type ApiAnswer,
  type Json,
  type Person,
  type TestServer,
} from '../support/server.ts';

let server: TestServer;
let company: Company;
const logged: string[] = [];
beforeAll(async () => {
  const destination = new Writable({ write: (chunk, _, done) => (logged.push(String(chunk)), done()) });
  server = await startTestServer({ logger: createLogger({ level: 'trace', destination }) });
  company = await foundCompany(server);
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

async function makeFeed(person: Person, name = 'VALClean'): Promise<Json> {
  const answer = await server.call('POST', '/api/calendar/feeds/', { token: person.token, body: { name } });
  expect(answer.status).toBe(201);
  return answer.body;
}

function fetchFeed(feed: { url: string }, headers: Record<string, string> = {}, method = 'GET'): Promise<ApiAnswer> {
  return server.call(method, new URL(feed.url).pathname, { headers });
}

async function textOf(feed: { url: string }): Promise<string> {
  const answer = await fetchFeed(feed);
  expect(answer.status).toBe(200);
  return answer.body;
}

async function tagOf(feed: { url: string }): Promise<string> {
  return (await fetchFeed(feed, {}, 'HEAD')).headers.get('etag') ?? '';
}

/** The `VEVENT` of an appointment, unfolded. */
function eventOf(text: string, appointmentId: number): string | undefined {
  const events = text.replaceAll('\r\n ', '').match(/BEGIN:VEVENT.*?END:VEVENT/gs) ?? [];
  return events.find((event) => event.includes(`X-VALCLEAN-APPOINTMENT:${appointmentId}\r\n`));
}

/** A confirmed order of the own team; the appointments' ids. */
async function book(more: object = {}, staff: Person = company.own.staff): Promise<number[]> {
  const { token } = company.admin;
  const items = [{ service_id: company.serviceId, starts_at: '2026-12-03T09:00:00+00:00', staff_ids: [staff.id] }];
  const body = orderBody(company.serviceId, { customer_id: company.own.customer.id, items, ...more });
  const order = await server.call('POST', '/api/orders/', { token, body });
  const confirmed = await server.call('POST', `/api/orders/${order.body.id}/confirm/`, { token });
  expect(confirmed.status, JSON.stringify(order.body)).toBe(200);
  return confirmed.body.appointments.map(({ id }: { id: number }) => id);
}

function byAdmin(method: string, path: string, body: object = {}): Promise<ApiAnswer> {
  return server.call(method, path, { token: company.admin.token, body });
}

describe('a feed', () => {
  test('is made with a name, its address is told once and kept as a hash', async () => {
    const person = await server.person('customer');
    const feed = await makeFeed(person, 'VALClean – zu Hause');
    expect(feed.url).toMatch(/^https:\/\/feeds\.valclean\.example\/api\/calendar\/feed\/[\w-]{43}\.ics$/);
    expect(feed.webcal_url).toBe(feed.url.replace('https:', 'webcal:'));
    expect(feed).toMatchObject({
      name: 'VALClean – zu Hause',
      last_fetched_at: null,
      last_fetched_by: null,
      fetches: 0,
    });
    const { url: _url, webcal_url: _webcal, ...shown } = feed;
    const { token } = person;
    const list = await server.call('GET', '/api/calendar/feeds/', { token });
    expect(list.body).toEqual({ items: [shown], next_cursor: null });
    const settings = await server.call('GET', '/api/calendar/', { token });
    expect(settings.body.feeds).toEqual([shown]);
    const secret = /([\w-]{43})\.ics/.exec(feed.url)?.[1] ?? '';
    const rows = await sql<{ row: string }>`select f::text as row from feeds f`.execute(server.context.database.db);
    expect(JSON.stringify(rows.rows)).not.toContain(secret);
    const activity = await server.call('GET', '/api/calendar/activity/', { token });
    expect(activity.body.items.map(({ kind }: Json) => kind)).toEqual(['feed_made']);
  });

  test('shows its owner’s appointments by role, always with the same bytes', async () => {
    const { customer, staff, manager, appointmentId } = company.own;
    const texts = await Promise.all(
      [customer, staff, manager, company.admin].map(async (person) => {
        const feed = await makeFeed(person);
        const answer = await fetchFeed(feed);
        expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
        expect(answer.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate');
        expect(answer.headers.get('x-robots-tag')).toBe('noindex');
        expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
        expect(answer.headers.get('set-cookie')).toBeNull();
        expect(strictCheck(answer.body, 'feed')).toEqual([]);
        expect(await textOf(feed)).toBe(answer.body);
        return String(eventOf(answer.body, appointmentId));
      }),
    );
    const titles = texts.map((text) => /SUMMARY:(.*)\r/.exec(text)?.[1]);
    expect(titles[0]).toBe('VALClean: Deep clean');
    expect(titles[1]).toMatch(/^Deep clean – /);
    expect(titles[2]).toMatch(/ · Deep clean – /);
    expect(titles[3]).toMatch(/#\d+$/);
    const foreign = await textOf(await makeFeed(company.foreign.staff));
    expect(eventOf(foreign, appointmentId)).toBeUndefined();
    expect(eventOf(foreign, company.foreign.appointmentId)).toBeDefined();
  });

  test('without appointments is a calendar all the same', async () => {
    const text = await textOf(await makeFeed(await server.person('customer')));
    expect(strictCheck(text, 'feed')).toEqual([]);
    expect(text).toContain('TZID:Europe/London');
    expect(text).not.toContain('VEVENT');
  });

  test('that is long comes whole, soonest first, each event once, whoever it is for', async () => {
    const manager = await server.person('manager');
    const person = await server.person('staff', { managerId: manager.id });
    const customer = await server.person('customer');
    const item = (hour: string): object => ({
      ...{ service_id: company.serviceId, staff_ids: [person.id], duration_minutes: 60 },
      starts_at: `2026-12-01T${hour}:00:00+00:00`,
    });
    const recurrence = { rrule: 'FREQ=DAILY;COUNT=110' };
    const ids = await book({ customer_id: customer.id, items: [item('08'), item('10')], recurrence }, person);
    // More orders than are looked at together, small ones and larger ones.
    for (let order = 0; order < 11; order += 1) {
      const few = { rrule: `FREQ=DAILY;COUNT=${order === 5 ? 25 : 1}` };
      ids.push(...(await book({ customer_id: customer.id, items: [item('12')], recurrence: few }, person)));
    }
    const booked = new Set(ids);
    for (const reader of [person, manager, customer, company.admin]) {
      const text = await textOf(await makeFeed(reader));
      expect(strictCheck(text, 'feed')).toEqual([]);
      const found = Array.from(text.matchAll(/X-VALCLEAN-APPOINTMENT:(\d+)/g), ([, id]) => Number(id));
      const theirs = found.filter((id) => booked.has(id));
      expect(theirs.toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
      expect(theirs).toHaveLength(255);
      expect(found.length > theirs.length).toBe(reader === company.admin);
      const starts = Array.from(text.matchAll(/DTSTART;TZID=Europe\/London:(\S+)/g), ([, start]) => String(start));
      expect(starts).toEqual(starts.toSorted());
    }
  });

  test('reaches from 60 days back to 18 months ahead', async () => {
    const person = await server.person('staff', { managerId: company.own.manager.id });
    const at = (days: number): string => new Date(server.clock.now().getTime() + days * DAY).toISOString();
    const items = [-62, -58, 540, 552].map((days) => ({
      ...{ service_id: company.serviceId, staff_ids: [person.id] },
      starts_at: at(days),
    }));
    const ids = await book({ items }, person);
    const text = await textOf(await makeFeed(person));
    expect(ids.map((id) => eventOf(text, id) !== undefined)).toEqual([false, true, true, false]);
  });
});

describe('what is asked for again', () => {
  test('is answered by 304 while nothing changed: for lists, weak tags and the star, plain and zipped', async () => {
    const feed = await makeFeed(company.own.customer);
    const first = await fetchFeed(feed, { 'accept-encoding': 'identity' });
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[\w-]{43}"$/);
    expect(first.headers.get('vary')).toContain('Accept-Encoding');
    for (const named of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await fetchFeed(feed, { 'if-none-match': named, 'accept-encoding': 'identity' });
      expect([again.status, again.headers.get('etag'), again.body], named).toEqual([304, tag, '']);
      expect(again.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate');
    }
    expect((await fetchFeed(feed, { 'if-none-match': '"other"' })).status).toBe(200);
    const zipped = await request(`${server.origin}${new URL(feed.url).pathname}`, {
      headers: { 'accept-encoding': 'br, gzip;q=0.5' },
    });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.headers.etag).toBe(tag.replace(/"$/, '-gzip"'));
    expect(gunzipSync(await zipped.body.bytes()).toString()).toBe(first.body);
    const sameAgain = await fetchFeed(feed, {
      'if-none-match': String(zipped.headers.etag),
      'accept-encoding': 'gzip',
    });
    expect([sameAgain.status, sameAgain.headers.get('etag')]).toEqual([304, zipped.headers.etag]);
    const refused = await fetchFeed(feed, { 'accept-encoding': 'gzip;q=0, identity' });
    expect(refused.headers.get('content-encoding')).toBeNull();
  });

  test('HEAD tells the same without a body', async () => {
    const feed = await makeFeed(company.own.customer);
    const get = await fetchFeed(feed, { 'accept-encoding': 'identity' });
    const head = await fetchFeed(feed, { 'accept-encoding': 'identity' }, 'HEAD');
    expect([head.status, head.body]).toEqual([200, '']);
    for (const name of ['etag', 'content-type', 'cache-control', 'vary']) {
      expect(head.headers.get(name), name).toBe(get.headers.get(name));
    }
    const known = await fetchFeed(feed, { 'if-none-match': get.headers.get('etag') ?? '' }, 'HEAD');
    expect(known.status).toBe(304);
  });

  test('has another tag after everything that changes it, and only then', async () => {
    const { customer, staff, manager, appointmentId } = company.own;
    const mover = await server.person('staff', { managerId: company.foreign.manager.id });
    const [id = 0] = await book();
    const feeds = {
      customer: await makeFeed(customer),
      staff: await makeFeed(staff),
      manager: await makeFeed(manager),
      admin: await makeFeed(company.admin),
      mover: await makeFeed(mover),
      moversManager: await makeFeed(company.foreign.manager),
      stranger: await makeFeed(company.foreign.customer),
    };
    const look = async (): Promise<Record<string, [string, string]>> => {
      const entries = Object.entries(feeds).map(async ([name, feed]) => {
        await sql`update feeds set counted = 0`.execute(server.context.database.db);
        return [name, [await tagOf(feed), await textOf(feed)]] as const;
      });
      return Object.fromEntries(await Promise.all(entries)) as Record<string, [string, string]>;
    };
    let before = await look();
    const expectChanged = async (what: string, ...names: (keyof typeof feeds)[]): Promise<void> => {
      await foldFeedChanges(server.context.database.db);
      const after = await look();
      const changedTags = Object.keys(feeds).filter((name) => after[name]?.[0] !== before[name]?.[0]);
      const changedTexts = Object.keys(feeds).filter((name) => after[name]?.[1] !== before[name]?.[1]);
      expect(changedTexts, what).toEqual(names);
      // A tag may change without need, the text never without its tag.
      expect(changedTags, what).toEqual(expect.arrayContaining(changedTexts));
      before = after;
    };
    await expectChanged('nothing');
    await byAdmin('PATCH', `/api/appointments/${id}/`, { starts_at: '2026-12-03T10:00:00+00:00' });
    await expectChanged('moved', 'customer', 'staff', 'manager', 'admin');
    await byAdmin('PATCH', `/api/appointments/${id}/`, { internal_notes: 'Bring the tall ladder' });
    const bumped = ['customer', 'staff', 'manager', 'admin'] as const;
    await expectChanged('internal notes raise the sequence for all', ...bumped);
    await byAdmin('POST', `/api/appointments/${id}/assign/`, { staff_ids: [mover.id] });
    await expectChanged('reassigned', ...bumped, 'mover', 'moversManager');
    await byAdmin('PATCH', `/api/users/${mover.id}/`, { name: 'Someone Renamed' });
    await expectChanged('team member renamed', 'customer', 'admin', 'mover', 'moversManager');
    await byAdmin('PATCH', `/api/users/${mover.id}/`, { manager_id: manager.id });
    await expectChanged('another manager', 'manager', 'moversManager');
    await server.call('PATCH', '/api/calendar/', { token: customer.token, body: { reminder_minutes: 60 } });
    await expectChanged('a reminder', 'customer');
    await byAdmin('POST', `/api/appointments/${id}/cancel/`);
    await expectChanged('cancelled', 'customer', 'manager', 'admin', 'mover');
    await byAdmin('PATCH', `/api/users/${mover.id}/`, { role: 'manager' });
    await expectChanged('no longer on a manager’s team', 'manager');
    await byAdmin('PATCH', `/api/services/${company.serviceId}/`, { name: 'Deeper clean' });
    await expectChanged('service renamed', ...bumped, 'mover', 'moversManager', 'stranger');
    await byAdmin('PATCH', `/api/services/${company.serviceId}/`, { name: 'Deep clean' });
    before = await look();
    await byAdmin('PATCH', `/api/appointments/${company.foreign.appointmentId}/`, { notes: 'Other people' });
    await expectChanged('others’ appointments', 'admin', 'moversManager', 'stranger');
    expect(appointmentId).not.toBe(id);
  });

  test('another name makes events younger, not a further revision; what nobody sees does neither', async () => {
    const { customer } = company.own;
    const [id = 0] = await book();
    const feed = await makeFeed(customer);
    const look = async (): Promise<{ sequence: string; stamps: string[]; tag: string; file: string }> => {
      const event = eventOf(await textOf(feed), id) ?? '';
      const values = (name: string): string[] => [new RegExp(`^${name}:(\\S+)`, 'm').exec(event)?.[1] ?? ''];
      const file = await server.call('GET', `/api/calendar/ics/${id}/`, { token: customer.token });
      const [sequence = ''] = values('SEQUENCE');
      const stamps = [...values('DTSTAMP'), ...values('LAST-MODIFIED')];
      return { sequence, stamps, tag: await tagOf(feed), file: String(eventOf(file.body, id)) };
    };
    const minuteLater = async (path: string, body: object): Promise<string> => {
      server.clock.advance(MINUTE);
      await byAdmin('PATCH', path, body);
      return server.clock
        .now()
        .toISOString()
        .replaceAll(/[-:]|\.\d+/g, '');
    };
    const first = await look();
    const service = `/api/services/${company.serviceId}/`;
    for (const [path, body] of [
      [`/api/users/${company.own.staff.id}/`, { name: 'Newly Named' }],
      [`/api/users/${customer.id}/`, { phone: '020 7946 0001' }],
      [service, { name: 'Deepest clean' }],
      [service, { name: 'Deep clean' }],
    ] as const) {
      const before = await look();
      const at = await minuteLater(path, body);
      const after = await look();
      expect(after, path).toMatchObject({ sequence: first.sequence, stamps: [at, at] });
      expect(after.tag, path).not.toBe(before.tag);
      expect(after.file, path).toContain(`LAST-MODIFIED:${at}`);
    }
    const before = await look();
    await minuteLater(service, { price_cents: 12_500 });
    expect(await look()).toEqual(before);
    await minuteLater(`/api/appointments/${id}/`, { notes: 'Ring once' });
    expect(Number((await look()).sequence)).toBe(Number(first.sequence) + 1);
  });

  test('past visits change with people’s names too', async () => {
    const { customer } = company.own;
    const person = await server.person('staff', { managerId: company.own.manager.id, name: 'Before Marriage' });
    const yesterday = new Date(server.clock.now().getTime() - DAY).toISOString();
    const items = [{ service_id: company.serviceId, starts_at: yesterday, staff_ids: [person.id] }];
    await book({ items }, person);
    const feed = await makeFeed(customer);
    const tag = await tagOf(feed);
    await server.call('PATCH', '/api/auth/me/', { token: person.token, body: { name: 'After Marriage' } });
    expect(await tagOf(feed)).not.toBe(tag);
    expect(await textOf(feed)).toContain('Your team: After');
  });
});

test(
  'a cancelled visit says so with a higher sequence for 30 days',
  async () => {
    const world = await startTestServer();
    try {
      const { admin, own } = await foundCompany(world);
      const { body: feed } = await world.call('POST', '/api/calendar/feeds/', {
        token: own.customer.token,
        body: { name: 'VALClean' },
      });
      const read = async (): Promise<string | undefined> =>
        eventOf((await world.call('GET', new URL(feed.url).pathname)).body, own.appointmentId);
      const before = await read();
      await world.call('POST', `/api/appointments/${own.appointmentId}/cancel/`, { token: admin.token });
      const after = await read();
      const sequence = (text: string | undefined): number => Number(/SEQUENCE:(\d+)/.exec(text ?? '')?.[1]);
      expect(sequence(after)).toBeGreaterThan(sequence(before));
      expect(/UID:.*/.exec(after ?? '')?.[0]).toBe(/UID:.*/.exec(before ?? '')?.[0]);
      expect(after).toContain('STATUS:CANCELLED');
      expect(after).toContain('SUMMARY:Cancelled: VALClean');
      world.clock.advance(29 * DAY);
      expect(await read()).toBe(after);
      world.clock.advance(3 * DAY);
      expect(await read()).toBeUndefined();
    } finally {
      await world.close();
    }
  },
  START_LIMIT_MS,
);

describe('an address', () => {
  async function deadAnswer(feed: { url: string }): Promise<object> {
    const { status, body, headers } = await fetchFeed(feed);
    const { request_id: _id, ...rest } = body;
    return { status, rest, type: headers.get('content-type'), cache: headers.get('cache-control') };
  }

  test('that is unknown, of a wrong form, replaced, revoked or of a deactivated person gets the same answer', async () => {
    const person = await server.person('customer');
    const { token } = person;
    const replaced = await makeFeed(person);
    const rotated = await server.call('POST', `/api/calendar/feeds/${replaced.id}/rotate/`, { token });
    expect(rotated.body).toMatchObject({ id: replaced.id, name: 'VALClean', fetches: 0, last_fetched_at: null });
    expect(rotated.body.url).not.toBe(replaced.url);
    expect((await fetchFeed(rotated.body)).status).toBe(200);
    const revoked = await makeFeed(person);
    expect((await server.call('DELETE', `/api/calendar/feeds/${revoked.id}/`, { token })).status).toBe(204);
    const leaving = await server.person('customer');
    const ofLeaver = await makeFeed(leaving);
    await byAdmin('PATCH', `/api/users/${leaving.id}/`, { is_active: false });
    const unknown = await deadAnswer({ url: `https://x.example/api/calendar/feed/${'A'.repeat(43)}.ics` });
    expect(unknown).toMatchObject({ status: 404, type: 'application/problem+json; charset=utf-8', cache: 'no-store' });
    for (const feed of [replaced, revoked, ofLeaver, { url: 'https://x.example/api/calendar/feed/x.ics' }]) {
      expect(await deadAnswer(feed)).toEqual(unknown);
    }
    // Once more a member, their old addresses stay dead.
    await byAdmin('PATCH', `/api/users/${leaving.id}/`, { is_active: true });
    expect(await deadAnswer(ofLeaver)).toEqual(unknown);
  });

  test('is nobody else’s to rotate or revoke', async () => {
    const feed = await makeFeed(company.own.customer);
    for (const { token } of [company.admin, company.foreign.customer]) {
      expect((await server.call('POST', `/api/calendar/feeds/${feed.id}/rotate/`, { token })).status).toBe(404);
      expect((await server.call('DELETE', `/api/calendar/feeds/${feed.id}/`, { token })).status).toBe(404);
    }
    expect((await fetchFeed(feed)).status).toBe(200);
  });

  test('takes GET and HEAD only', async () => {
    const feed = await makeFeed(company.own.customer);
    for (const method of ['PUT', 'POST', 'DELETE', 'PROPFIND']) {
      const answer = await fetchFeed(feed, {}, method);
      expect([answer.status, answer.headers.get('allow')], method).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
    const { pathname } = new URL(feed.url);
    const other = await server.call('GET', pathname.replace('.ics', '.txt'));
    expect([other.status, other.body.code]).toEqual([404, 'route_not_found']);
  });

  test('tells its owner when and by what it was fetched', async () => {
    const person = await server.person('customer');
    const feed = await makeFeed(person);
    await fetchFeed(feed, { 'user-agent': 'First/1.0' });
    server.clock.advance(MINUTE);
    await fetchFeed(feed, { 'user-agent': `Google-Calendar-Importer ${'x'.repeat(400)}` }, 'HEAD');
    const { body } = await server.call('GET', '/api/calendar/feeds/', { token: person.token });
    expect(body.items[0]).toMatchObject({ fetches: 2, last_fetched_at: server.clock.now().toISOString() });
    expect(body.items[0].last_fetched_by).toHaveLength(200);
    expect(body.items[0].last_fetched_by).toMatch(/^Google-Calendar-Importer x+$/);
  });

  test('may be fetched so often in an hour; others are not concerned', async () => {
    const [feed, other] = [await makeFeed(company.own.staff), await makeFeed(company.own.staff)];
    for (let count = 0; count < MOST_FETCHES; count += 1) expect((await fetchFeed(feed, {}, 'HEAD')).status).toBe(200);
    const refused = await fetchFeed(feed);
    expect([refused.status, refused.body.code]).toEqual([429, 'feed_rate_limited']);
    expect(refused.headers.get('retry-after')).toBe('3600');
    expect((await fetchFeed(other)).status).toBe(200);
    server.clock.advance(HOUR);
    expect((await fetchFeed(feed)).status).toBe(200);
  });

  test('never stands in the log', async () => {
    const feed = await makeFeed(await server.person('customer'));
    await fetchFeed(feed);
    await fetchFeed(feed, {}, 'PUT');
    await fetchFeed({ url: feed.url.replace('.ics', '.ics/more') });
    const secret = /([\w-]{43})\.ics/.exec(feed.url)?.[1] ?? '';
    expect(logged.join('')).toContain('/api/calendar/feed/:token.ics');
    expect(logged.join('')).not.toContain(secret);
  });
});

test('nobody makes feeds without end', async () => {
  const person = await server.person('customer');
  for (let count = 0; count < MOST_FEEDS; count += 1) await makeFeed(person);
  const refused = await server.call('POST', '/api/calendar/feeds/', {
    token: person.token,
    body: { name: 'One more' },
  });
  expect([refused.status, refused.body.code]).toEqual([409, 'too_many_feeds']);
});
