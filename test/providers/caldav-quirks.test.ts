import ICAL from 'ical.js';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { SettingsPatch } from '../../simulator/caldav/settings.ts';
import { strictCheck } from '../../src/providers/ics/strict-check.fixture.ts';
import type { EventKey, Operation, Outcome, RemoteChange, RemoteEvent } from '../../src/sync/provider.ts';
import { JANE, openCaldav, type CaldavSetup } from './caldav-setup.ts';
import { visit } from './content.ts';

let caldav: CaldavSetup;

afterEach(() => caldav.close());

describe('what servers answer to a write', () => {
  test.each([
    ['no etag', { etagAfterPut: false }],
    ['another name, told', { renames: 'told' }],
    ['another name, not told', { renames: 'silent', etagAfterPut: false }],
    ['a weak etag', { weakEtags: true }],
    ['nothing but the standard’s properties', { keepsOwnProperties: false }],
    ['hrefs in another spelling', { encodesAt: false }],
    ['all of it', { etagAfterPut: false, renames: 'silent', weakEtags: true, keepsOwnProperties: false }],
  ] satisfies [string, SettingsPatch][])(
    '%s: one event, updated in place, and nothing is written twice',
    async (_, settings) => {
      caldav = await openCaldav({ settings });
      const { key, event } = await created();
      expect(event.etag).not.toBeNull();
      const [stored] = objects();
      expect(event.remoteId.endsWith(`/${stored?.name}`)).toBe(true);
      const fields = caldav.provider.normalise(visit({ title: 'Moved' }));
      const update = await written({ kind: 'update', key, event, fields });
      expect(update.remoteId).toBe(event.remoteId);
      expect(await apply({ kind: 'update', key, event: update, fields })).toMatchObject({
        kind: 'unchanged',
        event: update,
      });
      expect(await readAll(null)).toEqual([{ kind: 'present', event: update, fields: null }]);
      expect(objects().map(({ title }) => title)).toEqual(['Moved']);
      expect(await apply({ kind: 'delete', key, event: update })).toEqual({ kind: 'deleted' });
      expect(objects()).toEqual([]);
    },
  );

  test('a renamed event whose answer was lost is found again, and removed by its key', async () => {
    caldav = await openCaldav({ settings: { renames: 'silent' } });
    const key = newKey();
    const create: Operation = { kind: 'create', key, fields: caldav.provider.normalise(visit()) };
    caldav.simulator.faults.add({ match: { operation: 'object.create' }, action: { kind: 'drop-after-commit' } });
    expect(await apply(create)).toMatchObject({ failure: { kind: 'unknown_outcome' } });
    expect(await apply(create)).toMatchObject({ kind: 'unchanged' });
    expect(objects()).toHaveLength(1);
    expect(await apply({ kind: 'delete', key, event: null })).toEqual({ kind: 'deleted' });
    expect(objects()).toEqual([]);
  });

  test.each([409, 403, 400, 207] as const)(
    'a UID that is taken under another name, by %i: that event is ours',
    async (uidConflict) => {
      caldav = await openCaldav({ settings: { uidConflict } });
      const { key, event } = await created();
      rename('imported.ics');
      const again = await written({
        kind: 'create',
        key,
        fields: caldav.provider.normalise(visit({ title: 'Moved' })),
      });
      expect(again.remoteId).toBe(event.remoteId.replace(/[^/]+$/, 'imported.ics'));
      expect(objects().map(({ title }) => title)).toEqual(['Moved']);
    },
  );

  test('an event that was renamed since is updated, checked and removed where it is', async () => {
    caldav = await openCaldav();
    const { key, event } = await created();
    rename('renamed.ics');
    const fields = caldav.provider.normalise(visit({ title: 'Moved' }));
    expect(await apply({ kind: 'check', key, event, fields })).toMatchObject({ kind: 'differs' });
    expect((await written({ kind: 'update', key, event, fields })).remoteId).toMatch(/\/renamed\.ics$/);
    expect(await apply({ kind: 'delete', key, event })).toEqual({ kind: 'deleted' });
    expect(objects()).toEqual([]);
  });

  test('a stranger under our name is left alone', async () => {
    caldav = await openCaldav();
    const { key } = await created();
    const [ours] = objects();
    edit((data) => data.replace(/UID:[^\r]+/, 'UID:a-strangers-event'));
    const outcome = await apply({ kind: 'create', key, fields: caldav.provider.normalise(visit()) });
    expect(outcome).toMatchObject({ failure: { kind: 'conflict', code: 'name_taken' } });
    expect(objects().map(({ name, uid }) => [name, uid])).toEqual([[ours?.name, 'a-strangers-event']]);
  });
});

describe('refusals', () => {
  test.each([
    [{ status: 507 }, { kind: 'retry_later', code: 'calendar_full', afterMs: 3_600_000, scope: 'connection' }],
    [
      { status: 403, condition: 'quota-not-exceeded' },
      { kind: 'retry_later', code: 'calendar_full' },
    ],
    [
      { status: 403, condition: 'valid-calendar-data' },
      { kind: 'refused', code: 'event_invalid' },
    ],
    [
      { status: 403, condition: 'max-resource-size' },
      { kind: 'refused', code: 'too_large' },
    ],
    [
      { status: 403, condition: 'need-privileges' },
      { kind: 'reauth_required', code: 'access_forbidden' },
    ],
    [{ status: 403 }, { kind: 'reauth_required', code: 'access_token_rejected' }],
    [{ status: 413 }, { kind: 'refused', code: 'too_large' }],
    [{ status: 423 }, { kind: 'retry_later', code: 'locked', scope: 'link' }],
    [
      { status: 429, retryAfter: 7 },
      { kind: 'retry_later', code: 'rate_limited', afterMs: 7_000, scope: 'connection' },
    ],
    [
      { status: 503, retryAfter: 120 },
      { kind: 'retry_later', code: 'unavailable', afterMs: 120_000 },
    ],
    [{ status: 503 }, { kind: 'unknown_outcome' }],
    [{ status: 500 }, { kind: 'unknown_outcome' }],
    [{ status: 301 }, { kind: 'reauth_required', code: 'access_token_rejected' }],
    [{ status: 421 }, { kind: 'reauth_required', code: 'access_token_rejected' }],
    [{ status: 409 }, { kind: 'conflict', code: 'uid_taken' }],
    [{ status: 404 }, { kind: 'retry_later', code: 'calendar_not_ready', scope: 'link' }],
  ])('%o', async (refusal, failure) => {
    caldav = await openCaldav();
    caldav.simulator.faults.add({ match: { operation: 'object.create' }, action: { kind: 'answer', ...refusal } });
    const outcome = await apply({ kind: 'create', key: newKey(), fields: caldav.provider.normalise(visit()) });
    expect(outcome).toMatchObject({ kind: 'failed', failure });
    expect(objects()).toEqual([]);
  });

  test.each([{ kind: 'drop' }, { kind: 'answer', status: 500 }] as const)(
    'what a repeated creation can’t look up stays open: %o',
    async (action) => {
      caldav = await openCaldav();
      caldav.simulator.faults.add({ match: { operation: 'calendar-query' }, action });
      const operation: Operation = { ...create(), repeated: true };
      expect(await apply(operation)).toMatchObject({ kind: 'failed', failure: { kind: 'unknown_outcome' } });
      expect(objects()).toEqual([]);
      await written(operation);
      expect(objects()).toHaveLength(1);
    },
  );

  test('a page of some proxy says nothing of the account', async () => {
    caldav = await openCaldav();
    caldav.simulator.faults.add({ match: { operation: 'object.create' }, action: { kind: 'html', status: 403 } });
    const outcome = await apply({ kind: 'create', key: newKey(), fields: caldav.provider.normalise(visit()) });
    expect(outcome).toMatchObject({ failure: { kind: 'retry_later', code: 'forbidden', scope: 'connection' } });
  });

  test('a page that forbids a new event in a calendar that is gone says that it is gone', async () => {
    caldav = await openCaldav();
    caldav.simulator.faults.add({ match: { operation: 'object.create' }, action: { kind: 'html', status: 403 } });
    for (const { slug } of caldav.simulator.calendars(JANE.user)) caldav.simulator.removeCalendar(JANE.user, slug);
    const outcome = await apply({ kind: 'create', key: newKey(), fields: caldav.provider.normalise(visit()) });
    expect(outcome).toMatchObject({ failure: { kind: 'gone', what: 'calendar' } });
  });

  test('after one that asks for a pause nothing more is sent', async () => {
    caldav = await openCaldav();
    caldav.simulator.clearRequests();
    const action = { kind: 'answer', status: 429, retryAfter: 60 } as const;
    caldav.simulator.faults.add({ match: { operation: 'object.create' }, action, times: 'until-cleared' });
    const operations = Array.from({ length: 20 }, () => create());
    const outcomes = await caldav.provider.apply(caldav.session, operations, AbortSignal.timeout(10_000));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ failure: { kind: 'retry_later', afterMs: 60_000 } });
    expect(caldav.simulator.requests().length).toBeLessThanOrEqual(4);
  });

  test('an event that its owner changes at the same moment is read again', async () => {
    caldav = await openCaldav();
    const { key, event } = await created();
    const stale = { kind: 'answer', status: 412 } as const;
    caldav.simulator.faults.add({ match: { operation: 'object.update' }, action: stale, times: 2 });
    const update: Operation = {
      kind: 'update',
      key,
      event,
      fields: caldav.provider.normalise(visit({ title: 'Moved' })),
    };
    await written(update);
    caldav.simulator.faults.add({ match: { operation: 'object.update' }, action: stale, times: 'until-cleared' });
    const again = { ...update, fields: caldav.provider.normalise(visit({ title: 'Moved again' })) };
    expect(await apply(again)).toMatchObject({
      failure: { kind: 'retry_later', code: 'event_changing', scope: 'link' },
    });
  });

  test('what its owner deletes between the reading and the writing stays deleted', async () => {
    caldav = await openCaldav({ settings: { weakEtags: true } });
    const { key, event } = await created();
    const { simulator } = caldav;
    const name = objects()[0]?.name ?? '';
    const id = simulator.faults.add({ match: { operation: 'object.update' }, action: { kind: 'latency', ms: 30 } });
    const update = apply({ kind: 'update', key, event, fields: caldav.provider.normalise(visit({ title: 'Moved' })) });
    await expect.poll(() => simulator.requests().some(({ operation }) => operation === 'object.get')).toBe(true);
    simulator.faults.clear(id);
    simulator.remove(JANE.user, name, slug());
    const outcome = await update;
    if (outcome.kind === 'failed') expect(outcome.failure).toEqual({ kind: 'gone', what: 'event' });
    expect(outcome.kind === 'failed' || outcome.kind === 'written').toBe(true);
    expect(objects()).toEqual([]);
  });
});

describe('what others have written', () => {
  test('stays as it is when an event is updated', async () => {
    caldav = await openCaldav();
    const { key, event } = await created();
    const theirs = [
      'COLOR:turquoise',
      'CATEGORIES:Work\\, paid,Cleaning',
      'X-APPLE-TRAVEL-DURATION;VALUE=DURATION:PT30M',
      'ATTACH;FMTTYPE=application/pdf;FILENAME="a:b;c.pdf":https://files.example/a.pdf',
      'COMMENT:Ring twice\\nand wait; a very long remark that has to be folded somewhere because lines end at 75',
      'RRULE:FREQ=WEEKLY;COUNT=2',
    ];
    edit((data) =>
      data
        .replace('END:VEVENT', `${theirs.join('\r\n')}\r\nEND:VEVENT`)
        .replace('END:VALARM', 'ACKNOWLEDGED:20261130T080000Z\r\nX-WR-ALARMUID:A-1\r\nEND:VALARM'),
    );
    await written({ kind: 'update', key, event, fields: caldav.provider.normalise(visit({ title: 'Moved' })) });
    const text = unfolded();
    for (const line of theirs) expect(text).toContain(`\r\n${line}\r\n`);
    expect(text).toContain('ACKNOWLEDGED:20261130T080000Z\r\nX-WR-ALARMUID:A-1');
    expect(text).toContain('SUMMARY:Moved');
    expect(text).toContain('SEQUENCE:1');
  });

  test('what described the old text or place goes with it, and only with it', async () => {
    caldav = await openCaldav();
    const { key, event } = await created();
    const place = 'X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="12 High St":geo:47.3,8.5';
    const html = 'X-ALT-DESC;FMTTYPE=text/html:<b>Team</b>';
    edit((data) => data.replace('END:VEVENT', `${place}\r\n${html}\r\nEND:VEVENT`));
    await written({ kind: 'update', key, event, fields: caldav.provider.normalise(visit({ title: 'Moved' })) });
    expect(unfolded()).toContain(place);
    expect(unfolded()).toContain(html);
    const change = { description: 'New words', location: 'Elsewhere 1' };
    await written({ kind: 'update', key, event, fields: caldav.provider.normalise(visit(change)) });
    expect(unfolded()).not.toContain('X-APPLE-STRUCTURED-LOCATION');
    expect(unfolded()).not.toContain('X-ALT-DESC');
  });

  test('a changed reminder of ours replaces theirs', async () => {
    caldav = await openCaldav();
    const { key, event } = await created();
    edit((data) => data.replace('TRIGGER:-PT1H', 'TRIGGER:-PT5M'));
    await written({ kind: 'update', key, event, fields: caldav.provider.normalise(visit({ reminderMinutes: 120 })) });
    expect(unfolded().match(/TRIGGER[^\r]*/g)).toEqual(['TRIGGER:-PT2H']);
    await written({ kind: 'update', key, event, fields: caldav.provider.normalise(visit({ reminderMinutes: null })) });
    expect(unfolded()).not.toContain('VALARM');
  });

  test('a time in a zone of another name is compared by its instant', async () => {
    caldav = await openCaldav();
    const { key, event } = await created();
    edit((data) => data.replaceAll('Europe/Zurich', '/freeassociation.sourceforge.net/Europe/Zurich'));
    const check: Operation = { kind: 'check', key, event, fields: caldav.provider.normalise(visit()) };
    expect(await apply(check)).toMatchObject({ kind: 'unchanged' });
    edit((data) => data.replace('T090000', 'T091500'));
    expect(await apply(check)).toMatchObject({ kind: 'differs' });
  });

  test('a definition that says another instant is written anew', async () => {
    caldav = await openCaldav();
    const { key, event } = await created();
    edit((data) => data.replaceAll('TZOFFSETTO:+0100', 'TZOFFSETTO:+0000'));
    const update: Operation = { kind: 'update', key, event, fields: caldav.provider.normalise(visit()) };
    expect(await apply(update)).toMatchObject({ kind: 'written' });
    expect(unfolded()).toContain('TZOFFSETTO:+0100');
    expect(unfolded().match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
  });

  test('an object that nobody can read is left alone', async () => {
    caldav = await openCaldav();
    const { key, event } = await created();
    const [{ name } = { name: '' }] = objects();
    caldav.simulator.edit(JANE.user, name, (data) => data.replace('END:VEVENT\r\n', ''), slug());
    const outcome = await apply({ kind: 'update', key, event, fields: caldav.provider.normalise(visit()) });
    expect(outcome).toMatchObject({ failure: { kind: 'refused', code: 'event_unreadable' } });
  });
});

test('what is put on a server keeps the standards, when made and when changed', async () => {
  caldav = await openCaldav();
  for (const change of [
    {},
    { reminderMinutes: null, url: null, description: '', location: '' },
    { title: '🧽'.repeat(300) },
  ]) {
    const { key, event } = await created(change);
    await written({ kind: 'update', key, event, fields: caldav.provider.normalise(visit({ ...change, busy: false })) });
  }
  expect(objects()).toHaveLength(3);
  for (const { data, name } of objects()) {
    expect(strictCheck(data, 'caldav')).toEqual([]);
    expect(name).toMatch(/^[a-z0-9-]+\.ics$/);
    expect(new ICAL.Component(ICAL.parse(data)).getAllSubcomponents('vevent')).toHaveLength(1);
  }
  expect(caldav.simulator.requests().flatMap(({ flags }) => flags)).toEqual([]);
});

describe('reading back', () => {
  test.each([
    ['in pages', { changesPerPage: 2 }],
    ['without sync-collection', { syncCollection: false }],
    ['without any tag', { syncCollection: false, ctag: false }],
  ] satisfies [string, SettingsPatch][])(
    '%s: everything from the start, and what its owner deleted',
    async (_, settings) => {
      caldav = await openCaldav({ settings });
      const made = [await created(), await created(), await created(), await created(), await created()];
      const ids = made.map(({ event }) => event.remoteId);
      expect((await readAll(null)).map(idOf).toSorted()).toEqual(ids.toSorted());
      caldav.simulator.remove(JANE.user, objects()[0]?.name ?? '', slug());
      expect(
        (await readAll(null))
          .filter(({ kind }) => kind === 'present')
          .map(idOf)
          .toSorted(),
      ).toEqual(ids.slice(1).toSorted());
    },
  );

  test('a tag that did not change costs one question; one that did means to begin again', async () => {
    caldav = await openCaldav({ settings: { syncCollection: false } });
    await created();
    const first = await read(null);
    if (first.kind !== 'page') return expect.fail(first.kind);
    caldav.simulator.clearRequests();
    expect(await read(first.cursor)).toEqual({ kind: 'page', changes: [], cursor: first.cursor, more: false });
    expect(caldav.simulator.requests()).toHaveLength(1);
    await created();
    expect(await read(first.cursor)).toEqual({ kind: 'cursor_expired' });
  });

  test.each([403, 409, 410, 418, 500] as const)(
    'a token that is refused by %i means to begin again',
    async (badToken) => {
      caldav = await openCaldav({ settings: { badToken } });
      const first = await read(null);
      if (first.kind !== 'page') return expect.fail(first.kind);
      caldav.simulator.forgetTokens(JANE.user);
      const again = read(first.cursor);
      if (badToken === 410) await expect(again).rejects.toMatchObject({ failure: { kind: 'gone', what: 'calendar' } });
      else expect(await again).toEqual({ kind: 'cursor_expired' });
    },
  );

  test.each([
    [
      { status: 429, retryAfter: 5 },
      { kind: 'retry_later', afterMs: 5_000 },
    ],
    [{ status: 401 }, { kind: 'reauth_required', code: 'access_token_rejected' }],
    [
      { status: 503, retryAfter: 5 },
      { kind: 'retry_later', afterMs: 5_000 },
    ],
  ])('%o says nothing of the token', async (refusal, failure) => {
    caldav = await openCaldav();
    const first = await read(null);
    if (first.kind !== 'page') return expect.fail(first.kind);
    caldav.simulator.faults.add({ match: { operation: 'sync-collection' }, action: { kind: 'answer', ...refusal } });
    await expect(read(first.cursor)).rejects.toMatchObject({ failure });
  });
});

describe('calendars', () => {
  const soon = (): AbortSignal => AbortSignal.timeout(10_000);

  test('those that can be written to are offered, the server’s own first', async () => {
    caldav = await openCaldav();
    caldav.simulator.addCalendar(JANE.user, 'team', 'Team', { readOnly: true });
    caldav.simulator.addCalendar(JANE.user, 'work', 'Work & more');
    const { calendars } = await caldav.login.open(caldav.jane, soon());
    expect(calendars.map(({ name, isDefault }) => [name, isDefault])).toEqual([
      ["Jane Doe's calendar", true],
      ['VALClean', false],
      ['Work & more', false],
    ]);
  });

  test('one that we made is found again', async () => {
    caldav = await openCaldav();
    const { accessToken, calendarId } = caldav.session;
    const again = await caldav.provider.openCalendar(accessToken, 'dedicated', 'VALClean', soon());
    expect(again).toEqual({ id: calendarId, name: 'VALClean', kind: 'dedicated' });
  });

  test('an account without a calendar gets one', async () => {
    caldav = await openCaldav();
    for (const { slug: own } of caldav.simulator.calendars(JANE.user)) caldav.simulator.removeCalendar(JANE.user, own);
    const opened = await caldav.provider.openCalendar(caldav.session.accessToken, 'primary', 'VALClean', soon());
    expect(opened).toMatchObject({ name: 'VALClean', kind: 'dedicated' });
    expect(caldav.simulator.calendars(JANE.user).map(({ path }) => path)).toEqual([opened.id]);
  });

  test('a server that makes none says so', async () => {
    caldav = await openCaldav();
    caldav.simulator.changeSettings({ makesCalendars: false });
    const opening = caldav.provider.openCalendar(caldav.session.accessToken, 'dedicated', 'Other', soon());
    await expect(opening).rejects.toMatchObject({ failure: { kind: 'refused', code: 'calendar_not_made' } });
  });
});

describe('the password', () => {
  const soon = (): AbortSignal => AbortSignal.timeout(10_000);

  test('is what a refresh tries again, at the account’s present address', async () => {
    caldav = await openCaldav();
    const { tokens } = caldav.account.grant;
    const fresh = await caldav.login.refresh(tokens.refreshToken, soon());
    expect(fresh).toMatchObject({ accessToken: tokens.accessToken, refreshToken: null });
    await caldav.login.revoke(tokens.refreshToken, soon());
  });

  test('that was taken back needs its owner', async () => {
    caldav = await openCaldav();
    caldav.simulator.changePassword(JANE.user, 'another');
    expect(await apply(create())).toMatchObject({
      failure: { kind: 'reauth_required', code: 'access_token_rejected' },
    });
    const refreshing = caldav.login.refresh(caldav.account.grant.tokens.refreshToken, soon());
    await expect(refreshing).rejects.toMatchObject({ failure: { kind: 'reauth_required', code: 'password_refused' } });
  });

  test('is not blamed for a server that is away', async () => {
    caldav = await openCaldav();
    await caldav.simulator.close();
    const refreshing = caldav.login.refresh(caldav.account.grant.tokens.refreshToken, soon());
    await expect(refreshing).rejects.toMatchObject({ failure: { kind: 'retry_later', scope: 'connection' } });
  });

  test('of no account is refused without a call', async () => {
    caldav = await openCaldav();
    await expect(caldav.login.refresh('nonsense', soon())).rejects.toMatchObject({
      failure: { kind: 'reauth_required' },
    });
  });
});

function newKey(): EventKey {
  return { link: randomUUID(), generation: 1 };
}

function create(): Extract<Operation, { kind: 'create' }> {
  return { kind: 'create', key: newKey(), fields: caldav.provider.normalise(visit()) };
}

async function created(change = {}): Promise<{ key: EventKey; event: RemoteEvent }> {
  const key = newKey();
  const event = await written({ kind: 'create', key, fields: caldav.provider.normalise(visit(change)) });
  return { key, event };
}

async function apply(operation: Operation): Promise<Outcome> {
  const [outcome] = await caldav.provider.apply(caldav.session, [operation], AbortSignal.timeout(10_000));
  return outcome ?? expect.fail('no outcome');
}

async function written(operation: Operation): Promise<RemoteEvent> {
  const outcome = await apply(operation);
  return outcome.kind === 'written' ? outcome.event : expect.fail(JSON.stringify(outcome));
}

function slug(): string {
  return caldav.session.calendarId.split('/').at(-2) ?? '';
}

function objects(): ReturnType<CaldavSetup['simulator']['events']> {
  return caldav.simulator.events(JANE.user, slug());
}

/** The only object's text, without folds. */
function unfolded(): string {
  const [object, ...others] = objects();
  expect(others).toEqual([]);
  return (object?.data ?? '').replace(/\r\n[ \t]/g, '');
}

function edit(change: (data: string) => string): void {
  const [object] = objects();
  caldav.simulator.edit(JANE.user, object?.name ?? '', (data) => change(data.replace(/\r\n[ \t]/g, '')), slug());
}

function rename(name: string): void {
  const [object] = objects();
  caldav.simulator.rename(JANE.user, object?.name ?? '', name, slug());
}

function read(cursor: string | null): ReturnType<CaldavSetup['provider']['readChanges']> {
  const window = { from: new Date('2026-10-01T00:00:00Z'), to: new Date('2027-03-01T00:00:00Z') };
  return caldav.provider.readChanges(caldav.session, cursor, window, AbortSignal.timeout(10_000));
}

async function readAll(from: string | null): Promise<RemoteChange[]> {
  const changes: RemoteChange[] = [];
  let cursor = from;
  for (;;) {
    const page = await read(cursor);
    if (page.kind !== 'page') return expect.fail(page.kind);
    changes.push(...page.changes);
    cursor = page.cursor;
    if (!page.more) return changes;
  }
}

function idOf(change: RemoteChange): string {
  return change.kind === 'present' ? change.event.remoteId : change.remoteId;
}
