import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, HOUR } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { PROVIDERS_CHANNEL } from '../../src/store/provider-settings.ts';
import { loadReminderFacts } from '../../src/store/mails.ts';
import { setMailChoice } from '../../src/store/mail-choices.ts';
import { SyncTally } from '../../src/sync-tally.ts';
import { showActivity } from '../../src/use-cases/calendar/list-activity.ts';
import { pauseCalendar, resumeCalendar } from '../../src/use-cases/calendar/pause-calendar.ts';
import { showCalendar } from '../../src/use-cases/calendar/show-calendar.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { checkCredentials } from '../../src/use-cases/health/check-credentials.ts';
import { listFailingItems, retryFailingItems } from '../../src/use-cases/health/failing-items.ts';
import { noteSecretExpiry, pauseProvider } from '../../src/use-cases/health/pause-provider.ts';
import { remindOwners } from '../../src/use-cases/health/remind-owners.ts';
import { showSync, type ProviderHealth, type SyncHealth } from '../../src/use-cases/health/show-sync.ts';
import { steerConnection } from '../../src/use-cases/health/steer-connection.ts';
import { listConnections } from '../../src/use-cases/health/watched-connection.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { calendarOf, startRig, type Rig } from './rig.ts';

/* What administrators see of the engine, and what they do to it, loses nothing and makes nothing twice. */

let opened: TestDatabase;
let rig: Rig;
let admin: Caller;
let jane: Caller;
let connectionId: number;

beforeAll(async () => {
  opened = await openTestDatabase();
});
afterAll(() => opened.close());

beforeEach(async () => {
  rig = await startRig(opened.database);
  await opened.database.db.executeQuery(
    sql`truncate users, connections, services, sync_minutes, sync_lags, provider_settings, mails, activity, facts, upkeep
      restart identity cascade`.compile(opened.database.db),
  );
  await rig.close();
  rig = await startRig(opened.database);
  admin = await rig.person('admin');
  jane = await rig.person('customer', null, 'Jane Doe');
  await rig.connect(jane);
  connectionId = (await listConnections(rig.context, {})).items[0]?.id ?? 0;
});

afterEach(async () => {
  expect(rig.errors).toEqual([]);
  await rig.close();
});

async function book(): Promise<number> {
  const [id = 0] = await rig.confirm(admin, await rig.order(jane, []));
  return id;
}

const events = (): number => rig.google.events(calendarOf(jane)).length;

function google({ providers }: SyncHealth): ProviderHealth {
  const found = providers.find(({ provider }) => provider === 'google');
  if (!found) throw new Error('google is missing');
  return found;
}

async function breakGrant(): Promise<void> {
  await sql`update connections set status = 'reauth_required', error_code = 'grant_revoked' where id = ${connectionId}`.execute(
    opened.database.db,
  );
}

describe('an account', () => {
  it('that is paused keeps its work, and goes on from there without doubling anything', async () => {
    await book();
    await rig.settle();
    expect(await steerConnection(rig.context, connectionId, 'pause')).toMatchObject({
      status: 'paused',
      needsOwner: false,
      error: { code: 'paused_by_operator' },
    });
    await book();
    await rig.settle();
    expect(events()).toBe(1);
    expect(google(await showSync(rig.context))).toMatchObject({
      queue: { held: 1, due: 0 },
      connections: { paused: 1 },
    });
    await steerConnection(rig.context, connectionId, 'pause');
    await steerConnection(rig.context, connectionId, 'resume');
    await steerConnection(rig.context, connectionId, 'resume');
    await rig.settle();
    expect(events()).toBe(2);
    const made = await sql<{
      kind: string;
    }>`select kind from activity where kind in ('paused', 'resumed') order by id`.execute(opened.database.db);
    expect(made.rows.map((row) => row.kind)).toEqual(['paused', 'resumed']);
  });

  it('that its owner pauses keeps its work until they resume it; the office does not do so for them', async () => {
    await book();
    await rig.settle();
    await pauseCalendar(rig.context, jane, connectionId);
    await pauseCalendar(rig.context, jane, connectionId);
    await book();
    await rig.settle();
    expect(events()).toBe(1);
    const view = await showCalendar(rig.context, jane);
    expect(view.connections[0]).toMatchObject({
      status: 'paused',
      error: { code: 'paused_by_owner', action: 'resume' },
    });
    await expect(steerConnection(rig.context, connectionId, 'resume')).rejects.toMatchObject({
      code: 'paused_by_owner',
    });
    await resumeCalendar(rig.context, jane, connectionId);
    await resumeCalendar(rig.context, jane, connectionId);
    await rig.settle();
    expect(events()).toBe(2);
    const lines = await showActivity(rig.context, jane, { cursor: undefined, limit: 50, about: 'settings' });
    expect(lines.lines.map(({ kind }) => kind).filter((kind) => kind.startsWith('event_'))).toEqual([]);
    expect(lines.lines.slice(0, 2).map(({ kind }) => kind)).toEqual(['resumed_by_owner', 'paused_by_owner']);
    const written = await showActivity(rig.context, jane, {
      cursor: undefined,
      limit: 50,
      about: 'events',
      provider: 'google',
    });
    expect(written.lines.map(({ kind }) => kind)).toEqual(['event_created', 'event_created']);
    expect(
      (await showActivity(rig.context, jane, { cursor: undefined, limit: 50, provider: 'outlook' })).lines,
    ).toEqual([]);
  });

  it('that the office has paused is not resumed by its owner, and nobody else touches it', async () => {
    await steerConnection(rig.context, connectionId, 'pause');
    await pauseCalendar(rig.context, jane, connectionId);
    await expect(resumeCalendar(rig.context, jane, connectionId)).rejects.toMatchObject({ code: 'paused_by_office' });
    const stranger = { id: admin.id, role: 'admin' as const };
    await expect(resumeCalendar(rig.context, stranger, connectionId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(pauseCalendar(rig.context, stranger, connectionId)).rejects.toMatchObject({ code: 'not_found' });
    await breakGrant();
    await expect(pauseCalendar(rig.context, jane, connectionId)).rejects.toMatchObject({ code: 'waits_for_owner' });
  });

  it('that is paused in the middle of a call keeps the outcome of that call', async () => {
    let open = (): void => {};
    rig.gates.set(calendarOf(jane), new Promise((resolve) => (open = resolve)));
    const called = vi.spyOn(rig.gates, 'get');
    await book();
    const served = rig.settle();
    await vi.waitUntil(() => called.mock.calls.length > 0);
    await steerConnection(rig.context, connectionId, 'pause');
    open();
    await served;
    expect(events()).toBe(1);
    const view = await showCalendar(rig.context, jane);
    expect(view.connections[0]).toMatchObject({ status: 'paused', error: { code: 'paused_by_operator' } });
    await steerConnection(rig.context, connectionId, 'resume');
    await rig.settle();
    expect(events()).toBe(1);
  });

  it('that needs its owner is neither paused, resumed nor retried', async () => {
    await breakGrant();
    for (const steering of ['pause', 'resume', 'retry'] as const) {
      await expect(steerConnection(rig.context, connectionId, steering)).rejects.toMatchObject({
        code: 'waits_for_owner',
      });
    }
    await expect(steerConnection(rig.context, 999_999, 'retry')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that backs off is tried at once, but not before a time that its provider named', async () => {
    const busy = { kind: 'retry_later', code: 'unavailable', afterMs: null, scope: 'connection' } as const;
    rig.google.fail({ failure: busy });
    await book();
    await rig.settle();
    expect(events()).toBe(0);
    await steerConnection(rig.context, connectionId, 'retry');
    await rig.settle();
    expect(events()).toBe(1);
    rig.google.fail({ failure: { ...busy, code: 'rate_limited', afterMs: HOUR } });
    await book();
    await rig.settle();
    await steerConnection(rig.context, connectionId, 'retry');
    await rig.settle();
    expect(events()).toBe(1);
    expect(google(await showSync(rig.context)).queue).toMatchObject({ later: 1, due: 0 });
  });

  it('is found by its state and by its provider, page by page', async () => {
    await rig.connect(jane, 'outlook');
    await breakGrant();
    const first = await listConnections(rig.context, { limit: 1 });
    const second = await listConnections(rig.context, { limit: 1, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ provider }) => provider)).toEqual(['google', 'outlook']);
    expect(second.nextCursor).toBeNull();
    const broken = await listConnections(rig.context, { status: 'reauth_required' });
    expect(broken.items).toMatchObject([{ id: connectionId, needsOwner: true, user: { name: 'Jane Doe' } }]);
    expect((await listConnections(rig.context, { needsOwner: false })).items).toMatchObject([{ provider: 'outlook' }]);
    expect((await listConnections(rig.context, { provider: 'caldav' })).items).toEqual([]);
    expect((await listConnections(rig.context, { search: 'JANE' })).items).toHaveLength(2);
    const { accountEmail = '' } = first.items[0] ?? {};
    expect((await listConnections(rig.context, { search: accountEmail })).items.length).toBeGreaterThan(0);
    for (const search of ['sarah', 'J%e', 'J_ne'])
      expect((await listConnections(rig.context, { search })).items).toEqual([]);
  });
});

describe('a provider', () => {
  it('that is paused is left alone by a worker that runs, also after a start, until it is resumed', async () => {
    const unlisten = await opened.database.listen(PROVIDERS_CHANNEL, () => rig.worker.wake([]));
    await pauseProvider(rig.context, admin, 'google', true);
    await rig.settle();
    await book();
    await rig.settle();
    await rig.secondWorker().sweep();
    expect(events()).toBe(0);
    const paused = google(await showSync(rig.context));
    expect(paused).toMatchObject({ paused: true, switchedBy: { id: admin.id }, queue: { held: 1 } });
    expect((await showCalendar(rig.context, jane)).connections[0]).toMatchObject({
      status: 'active',
      error: { code: 'provider_paused' },
    });
    await pauseProvider(rig.context, admin, 'google', false);
    await rig.settle();
    expect(events()).toBe(1);
    expect(google(await showSync(rig.context))).toMatchObject({ paused: false, queue: { held: 0, due: 0 } });
    await unlisten();
  });

  it('tells whether it takes our credentials', async () => {
    expect(google(await showSync(rig.context)).credentials.outcome).toBe('unchecked');
    await checkCredentials(rig.context, 'google');
    expect(google(await showSync(rig.context)).credentials.outcome).toBe('accepted');
    rig.oauth.failure = { kind: 'reauth_required', code: 'grant_revoked' };
    await checkCredentials(rig.context, 'google');
    expect(google(await showSync(rig.context)).credentials.outcome).toBe('accepted');
    rig.oauth.failure = { kind: 'operator_error', code: 'client_secret_expired' };
    await checkCredentials(rig.context, 'google');
    const refused = google(await showSync(rig.context)).credentials;
    expect(refused.outcome).toBe('refused');
    expect(refused.message).toContain('expired');
    rig.oauth.failure = { kind: 'retry_later', code: 'unreachable', afterMs: null, scope: 'connection' };
    await checkCredentials(rig.context, 'google');
    expect(google(await showSync(rig.context)).credentials.outcome).toBe('unreachable');
    await expect(checkCredentials(rig.context, 'caldav')).rejects.toMatchObject({ code: 'provider_not_configured' });
  });

  it('warns 30 days before our secret ends, and after it has', async () => {
    const ends = async (day: string | null): Promise<unknown> => {
      await noteSecretExpiry(rig.context, 'outlook', day);
      const { secretDaysLeft, secretEndsSoon } = (await showSync(rig.context)).providers[1]?.credentials ?? {};
      return [secretDaysLeft, secretEndsSoon];
    };
    expect(await ends('2026-12-21')).toEqual([31, false]);
    expect(await ends('2026-12-20')).toEqual([30, true]);
    expect(await ends('2026-11-19')).toEqual([-1, true]);
    expect(await ends(null)).toEqual([null, false]);
  });
});

describe('events that could not be written', () => {
  it('are grouped by reason, listed, and retried as a group', async () => {
    rig.google.fail({ failure: { kind: 'refused', code: 'event_invalid' } });
    const appointmentId = await book();
    await rig.settle();
    rig.google.fail({ failure: { kind: 'refused', code: 'too_large' } });
    await book();
    await rig.settle();
    const { failing, queue } = await showSync(rig.context);
    expect(failing).toMatchObject([
      { provider: 'google', code: 'event_invalid', count: 1, retried: 0, people: 1 },
      { provider: 'google', code: 'too_large', count: 1, retried: 0, people: 1 },
    ]);
    expect(queue.stuck).toBe(2);
    const { items } = await listFailingItems(rig.context, { code: 'event_invalid' });
    expect(items).toMatchObject([{ appointmentId, user: { name: 'Jane Doe' }, nextAttemptAt: null }]);
    expect(await retryFailingItems(rig.context, { provider: 'outlook' })).toBe(0);
    expect(await retryFailingItems(rig.context, { provider: 'google', code: 'event_invalid' })).toBe(1);
    await rig.settle();
    expect(events()).toBe(1);
    expect((await showSync(rig.context)).failing).toMatchObject([{ code: 'too_large' }]);
  });
});

describe('reminders', () => {
  it('go to owners who are needed, once a day, and tell why to nobody else', async () => {
    await rig.connect(jane, 'outlook');
    const outlookId = (await listConnections(rig.context, { provider: 'outlook' })).items[0]?.id ?? 0;
    await breakGrant();
    const { reminded, notReminded } = await remindOwners(rig.context, [connectionId, outlookId, 999_999, connectionId]);
    expect(reminded).toEqual([connectionId]);
    expect(notReminded.map(({ id, reason }) => [id, reason])).toEqual([
      [outlookId, 'needs_nobody'],
      [999_999, 'unknown'],
    ]);
    rig.clock.advance(DAY - 1000);
    expect((await remindOwners(rig.context, [connectionId])).notReminded).toMatchObject([{ reason: 'reminded_today' }]);
    rig.clock.advance(1000);
    expect((await remindOwners(rig.context, [connectionId])).reminded).toEqual([connectionId]);
    const queued = await sql<{ id: number }>`select id from mails where kind = 'connection_reminder'`.execute(
      opened.database.db,
    );
    expect(queued.rows).toHaveLength(2);
    const mailId = queued.rows[0]?.id ?? 0;
    expect(await loadReminderFacts(opened.database.db, mailId)).toMatchObject({
      asks: false,
      errorCode: 'grant_revoked',
    });
    await sql`update connections set status = 'active'`.execute(opened.database.db);
    expect(await loadReminderFacts(opened.database.db, mailId)).toBeNull();
  });

  it('do not go to whoever has switched them off', async () => {
    await breakGrant();
    await opened.database.transaction((tx) => setMailChoice(tx, jane.id, 'calendarTrouble', false, rig.clock.now()));
    expect((await remindOwners(rig.context, [connectionId])).notReminded).toMatchObject([
      { reason: 'mails_switched_off' },
    ]);
  });
});

it('figures of two nodes add up, and those of more than an hour ago are left out', async () => {
  const deps = { db: opened.database.db, clock: rig.clock, onError: (error: unknown) => void rig.errors.push(error) };
  const nodes = [new SyncTally(deps), new SyncTally(deps)];
  await book();
  await rig.settle();
  for (const event of rig.events) for (const node of nodes) node.observe(event);
  const throttled = { connectionId, provider: 'google', calls: 2, failures: 2, throttled: 2, tookMs: 5 } as const;
  nodes[0]?.observe({ kind: 'batch', ...throttled });
  nodes[1]?.observe({ kind: 'recorded', connectionId, provider: 'google', lagsMs: [60_000] });
  for (const node of nodes) await node.flush();
  const health = google(await showSync(rig.context));
  expect(health).toMatchObject({ done: 2, failed: 2, throttled: 2, lag: { events: 3 } });
  expect(health.lag.p50Ms).toBeLessThan(20);
  expect(health.lag.p95Ms).toBeGreaterThan(59_999);
  rig.clock.advance(2 * HOUR);
  expect(google(await showSync(rig.context))).toMatchObject({ done: 0, lag: { events: 0, p50Ms: null } });
});
