import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarKind } from '../../src/sync/provider.ts';
import { linkAccount } from '../../src/use-cases/calendar/link-account.ts';
import { showActivity } from '../../src/use-cases/calendar/list-activity.ts';
import { showCalendar } from '../../src/use-cases/calendar/show-calendar.ts';
import type { Caller } from '../../src/use-cases/context.ts';
import { HOUR } from '../../src/base/time.ts';
import { calendarOf, type Rig } from './rig.ts';
import { shareRig } from './share-rig.ts';

/* A person who chooses another calendar finds all events there, and none left in the old one. */

let rig: Rig;
let admin: Caller;
let jane: Caller;

shareRig((shared) => {
  ({ rig, admin } = shared);
});

beforeEach(async () => {
  jane = await rig.person('customer', null, 'Jane Doe');
  await rig.connect(jane);
  await rig.confirm(admin, await rig.order(jane, [], { rrule: 'FREQ=DAILY;COUNT=12' }));
  await rig.settle();
  expect(primary()).toHaveLength(12);
});

afterEach(() => rig.settle());

const primary = (): unknown[] => rig.google.events(calendarOf(jane));

async function connectTo(calendarKind: CalendarKind): Promise<string> {
  const account = `google-${jane.id}`;
  const tokens = {
    accessToken: account,
    refreshToken: `refresh:${account}`,
    accessExpiresAt: new Date(rig.clock.now().getTime() + HOUR),
    refreshExpiresAt: null,
  };
  const grant = { tokens, accountId: account, accountEmail: 'jane@mail.example', scopes: [] };
  const wanted = { userId: jane.id, provider: 'google' as const, calendarKind };
  expect(await linkAccount(rig.context, wanted, grant, AbortSignal.timeout(10_000))).toBe('linked');
  const [connection] = (await showCalendar(rig.context, jane)).connections;
  return connection?.calendarId ?? expect.fail('no calendar');
}

describe('another target calendar', () => {
  it('takes all events along', async () => {
    const dedicated = await connectTo('dedicated');
    expect(dedicated).not.toBe(calendarOf(jane));
    await rig.settle();
    expect(rig.google.events(dedicated)).toHaveLength(12);
    expect(primary()).toEqual([]);
    expect((await showCalendar(rig.context, jane)).connections).toMatchObject([{ pending: 0, failed: 0 }]);
  });

  it('and back again', async () => {
    const dedicated = await connectTo('dedicated');
    await rig.settle();
    await connectTo('primary');
    await rig.settle();
    expect(rig.google.events(dedicated)).toEqual([]);
    expect(primary()).toHaveLength(12);
  });

  it('even before the first move was over', async () => {
    const gate = Promise.withResolvers<void>();
    rig.gates.set(calendarOf(jane), gate.promise);
    const dedicated = await connectTo('dedicated');
    await connectTo('primary');
    gate.resolve();
    rig.gates.clear();
    await rig.settle();
    expect(rig.google.events(dedicated)).toEqual([]);
    expect(primary()).toHaveLength(12);
  });

  it('leaves an old calendar that can no longer be reached, and says so', async () => {
    rig.google.fail({
      failure: { kind: 'reauth_required', code: 'scope_missing' },
      times: 12,
      match: (operation) => operation.kind === 'delete',
    });
    const dedicated = await connectTo('dedicated');
    await rig.settle();
    expect(rig.google.events(dedicated)).toHaveLength(12);
    expect((await showCalendar(rig.context, jane)).connections).toMatchObject([{ status: 'active', pending: 0 }]);
    const { lines } = await showActivity(rig.context, jane, { cursor: undefined, limit: 20 });
    expect(lines.map(({ kind }) => kind)).toContain('event_left_behind');
  });

  it('a calendar that was deleted is left behind as it is', async () => {
    const dedicated = await connectTo('dedicated');
    await rig.settle();
    rig.google.removeCalendar(dedicated);
    await rig.confirm(admin, await rig.order(jane, [], { startsAt: '2026-12-28T15:00:00' }));
    await rig.settle();
    expect((await showCalendar(rig.context, jane)).connections).toMatchObject([{ status: 'reauth_required' }]);
    await connectTo('primary');
    await rig.settle();
    expect(primary()).toHaveLength(13);
  });
});
