import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY } from '../base/time.ts';
import { tzif } from './tzif.fixture.ts';
import { InvalidWallTime } from './wall-time.ts';
import { loadZones, UnknownZone, type Zones } from './zones.ts';

/** Many cases: on a busy machine they take longer than a test usually may. */
const BUSY = { timeout: 30_000 };

const bundled = loadZones({ only: 'bundled' });
const icu = loadZones({ only: 'icu' });

/** Changed by law in 2026, so that older copies of the data have them wrong. */
const CHANGED_IN_2026 = new Set(
  `America/Vancouver America/Edmonton America/Inuvik America/Winnipeg America/Havana Africa/Casablanca Africa/El_Aaiun
  Europe/Chisinau`.split(/\s+/),
);

test('the newest source is taken, and it says how old it is', () => {
  const zones = loadZones();
  expect(zones.version >= '2026f').toBe(true);
  expect(bundled.ageInDays(new Date(bundled.released.getTime() + 22.9 * DAY))).toBe(22);
  expect(bundled.ageInDays(new Date(0))).toBe(0);
});

test.each([
  ['Europe/Zurich', '2026-07-01T09:00:00', '2026-07-01T07:00:00Z'],
  ['Europe/Zurich', '2026-12-01T09:00:00', '2026-12-01T08:00:00Z'],
  ['America/New_York', '2026-10-31T22:00:00', '2026-11-01T02:00:00Z'],
  ['America/New_York', '2026-11-01T03:00:00', '2026-11-01T08:00:00Z'],
  ['America/New_York', '2027-03-14T01:59:59', '2027-03-14T06:59:59Z'],
  ['America/New_York', '2027-03-14T03:00:00', '2027-03-14T07:00:00Z'],
  // Manitoba, the Northwest Territories, Alberta and British Columbia stay on summer time from 2026, and Cuba does.
  ['America/Winnipeg', '2026-12-10T09:00:00', '2026-12-10T14:00:00Z'],
  ['America/Inuvik', '2026-12-10T09:00:00', '2026-12-10T15:00:00Z'],
  ['America/Havana', '2026-11-10T09:00:00', '2026-11-10T13:00:00Z'],
  ['America/Havana', '2026-12-10T09:00:00', '2026-12-10T13:00:00Z'],
  ['America/Edmonton', '2026-12-10T09:00:00', '2026-12-10T15:00:00Z'],
  ['America/Vancouver', '2026-12-10T09:00:00', '2026-12-10T16:00:00Z'],
  // Morocco gave up its hour ahead on 20 September 2026.
  ['Africa/Casablanca', '2026-09-19T09:00:00', '2026-09-19T08:00:00Z'],
  ['Africa/Casablanca', '2026-09-21T09:00:00', '2026-09-21T09:00:00Z'],
  ['Africa/Casablanca', '2030-06-01T09:00:00', '2030-06-01T09:00:00Z'],
  ['Australia/Lord_Howe', '2026-07-01T09:00:00', '2026-06-30T22:30:00Z'],
  ['Australia/Lord_Howe', '2026-12-01T09:00:00', '2026-11-30T22:00:00Z'],
  ['Asia/Kathmandu', '2026-12-01T09:00:00', '2026-12-01T03:15:00Z'],
  ['America/Nuuk', '2029-03-24T22:59:59', '2029-03-25T00:59:59Z'],
  ['America/Nuuk', '2029-03-25T00:00:00', '2029-03-25T01:00:00Z'],
  ['Europe/Dublin', '2026-07-01T09:00:00', '2026-07-01T08:00:00Z'],
  ['Europe/Dublin', '2026-12-01T09:00:00', '2026-12-01T09:00:00Z'],
  ['Europe/London', '2040-07-01T09:00:00', '2040-07-01T08:00:00Z'],
  ['US/Eastern', '2026-07-01T09:00:00', '2026-07-01T13:00:00Z'],
  ['Etc/UTC', '2026-07-01T09:00:00', '2026-07-01T09:00:00Z'],
])('%s %s is %s', (zone, wall, instant) => {
  expect(bundled.toInstant(zone, wall)).toEqual({ kind: 'one', instant: new Date(instant) });
  expect(bundled.toWall(zone, new Date(instant))).toBe(wall);
});

test.each([
  ['Europe/Zurich', '2027-03-28T02:30:00', '2027-03-28T01:30:00', '2027-03-28T03:30:00', '2027-03-28T01:30:00Z'],
  ['Europe/Zurich', '2027-03-28T02:00:00', '2027-03-28T01:00:00', '2027-03-28T03:00:00', '2027-03-28T01:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-04T01:45:00', '2026-10-04T02:45:00', '2026-10-03T15:45:00Z'],
  // A whole day was left out when Samoa moved to the other side of the date line.
  ['Pacific/Apia', '2011-12-30T12:00:00', '2011-12-29T12:00:00', '2011-12-31T12:00:00', '2011-12-30T22:00:00Z'],
])('%s has no %s', (zone, wall, before, after, shifted) => {
  expect(bundled.toInstant(zone, wall)).toEqual({ kind: 'none', before, after, shifted: new Date(shifted) });
  expect(bundled.happensTwice(zone, wall)).toBe(false);
});

test.each([
  ['Europe/Zurich', '2026-10-25T02:30:00', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'],
  ['Europe/Zurich', '2026-10-25T02:00:00', '2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-11-01T01:59:59', '2026-11-01T05:59:59Z', '2026-11-01T06:59:59Z'],
  ['Australia/Lord_Howe', '2027-04-04T01:45:00', '2027-04-03T14:45:00Z', '2027-04-03T15:15:00Z'],
])('%s sees %s twice', (zone, wall, earlier, later) => {
  expect(bundled.toInstant(zone, wall)).toEqual({ kind: 'twice', earlier: new Date(earlier), later: new Date(later) });
  expect(bundled.happensTwice(zone, wall)).toBe(true);
});

test('the edges of the gap and of the doubled hour are ordinary', () => {
  for (const wall of ['2027-03-28T01:59:59', '2027-03-28T03:00:00', '2026-10-25T01:59:59', '2026-10-25T03:00:00'])
    expect(bundled.toInstant('Europe/Zurich', wall).kind, wall).toBe('one');
});

test('changes are listed with what they change', () => {
  const inYear = (zone: string): unknown => bundled.transitions(zone, new Date('2026-01-01'), new Date('2027-01-01'));
  expect(inYear('Europe/Zurich')).toEqual([
    { at: new Date('2026-03-29T01:00:00Z'), offsetBefore: 3600, offsetAfter: 7200, abbreviation: 'CEST' },
    { at: new Date('2026-10-25T01:00:00Z'), offsetBefore: 7200, offsetAfter: 3600, abbreviation: 'CET' },
  ]);
  // In Winnipeg only the name changes on 31 October.
  expect(inYear('America/Winnipeg')).toHaveLength(1);
  expect(bundled.abbreviationAt('America/Winnipeg', new Date('2026-12-01'))).toBe('EST');
  expect(inYear('Asia/Kathmandu')).toEqual([]);
  const first = new Date('2026-03-29T01:00:00Z');
  expect(bundled.transitions('Europe/Zurich', first, first)).toEqual([]);
  expect(bundled.transitions('Europe/Zurich', first, new Date(first.getTime() + 1))).toHaveLength(1);
});

test.each([
  ['US/Eastern', 'America/New_York'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['America/Godthab', 'America/Nuuk'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Europe/Oslo', 'Europe/Oslo'],
  ['Europe/Zurich', 'Europe/Zurich'],
  ['Iceland', 'Atlantic/Reykjavik'],
  ['GB', 'Europe/London'],
  ['UTC', 'Etc/UTC'],
  ['GMT', 'Etc/GMT'],
  ['Greenwich', 'Etc/GMT'],
  ['Etc/GMT+5', 'Etc/GMT+5'],
  ['Mars/Olympus', 'Mars/Olympus'],
])('%s is %s today', (name, canonical) => {
  expect(bundled.canonical(name)).toBe(canonical);
});

test('the listed names are canonical, and aliases lead to a zone with the same clock', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  for (const name of bundled.names()) expect(bundled.canonical(name)).toBe(name);
  for (const name of Intl.supportedValuesOf('timeZone')) {
    const canonical = bundled.canonical(name);
    expect(bundled.names(), name).toContain(canonical);
    expect(bundled.offsetSecondsAt(canonical, now), name).toBe(bundled.offsetSecondsAt(name, now));
  }
});

test('a name that is none is an error with a name', () => {
  for (const zone of ['Mars/Olympus', '', 'europe/zurich', '__proto__', '+02:00', '../Europe/Zurich']) {
    for (const zones of [bundled, icu]) expect(zones.has(zone), zone).toBe(false);
    expect(() => bundled.toWall(zone, new Date())).toThrow(UnknownZone);
  }
  expect(() => bundled.toInstant('Europe/Zurich', '2026-02-30T00:00:00')).toThrow(InvalidWallTime);
});

const unchanged = bundled
  .names()
  .filter((zone) => !CHANGED_IN_2026.has(zone) && icu.names().map(bundled.canonical).includes(zone));
const anyZone = fc.constantFrom(...unchanged);
const anyInstant = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });

/** The platform's own conversion. */
function icuWall(zone: string, instant: Date): string {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    instant,
  );
  return text.replace(' ', 'T');
}

test('zones without a change in 2026 agree with the platform', BUSY, () => {
  expect(unchanged.length).toBeGreaterThan(400);
  fc.assert(
    fc.property(anyZone, anyInstant, (zone, instant) => {
      expect(bundled.toWall(zone, instant), zone).toBe(icuWall(zone, instant));
    }),
    { numRuns: 200 },
  );
});

function roundTrip(zones: Zones, zone: string, instant: Date): void {
  const wall = zones.toWall(zone, instant);
  const found = zones.toInstant(zone, wall);
  const whole = Math.floor(instant.getTime() / 1000) * 1000;
  if (found.kind === 'none') throw new Error(`${zone} ${wall} was just seen on the clock`);
  const candidates = found.kind === 'one' ? [found.instant] : [found.earlier, found.later];
  expect(
    candidates.map((date) => date.getTime()),
    `${zone} ${wall}`,
  ).toContain(whole);
}

test('an instant comes back from its wall time, near changes above all', BUSY, () => {
  const minutes = fc.integer({ min: -180, max: 180 });
  fc.assert(
    fc.property(fc.constantFrom(...bundled.names()), anyInstant, minutes, (zone, instant, near) => {
      roundTrip(bundled, zone, instant);
      const [change] = bundled.transitions(zone, instant, new Date(instant.getTime() + 366 * DAY));
      if (change) roundTrip(bundled, zone, new Date(change.at.getTime() + near * 60_000));
    }),
    { numRuns: 300 },
  );
});

test('a wall time in a gap lies between its neighbours', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...bundled.names()),
      anyInstant,
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (zone, instant, part) => {
        const changes = bundled.transitions(zone, instant, new Date(instant.getTime() + 366 * DAY));
        const spring = changes.find((change) => change.offsetAfter > change.offsetBefore);
        if (!spring) return;
        const gap = (spring.offsetAfter - spring.offsetBefore) * 1000;
        const face = spring.at.getTime() + spring.offsetBefore * 1000 + part * gap;
        const found = bundled.toInstant(zone, new Date(face).toISOString().slice(0, 19));
        if (found.kind !== 'none') throw new Error(`${zone} should have a gap at ${spring.at.toISOString()}`);
        expect(bundled.toWall(zone, found.shifted)).toBe(found.after);
        expect(bundled.toInstant(zone, found.before).kind).not.toBe('none');
      },
    ),
  );
});

/** The sources must give the same answers wherever the law did not change between their versions. */
function expectSame(zones: Zones, sample: readonly string[], from: string, to: string): void {
  for (const zone of sample) {
    const [start, end] = [new Date(from), new Date(to)];
    const changes = (source: Zones): unknown =>
      source.transitions(zone, start, end).map(({ at, offsetAfter }) => [at.toISOString(), offsetAfter]);
    expect(changes(zones), zone).toEqual(changes(bundled));
    expect(zones.offsetSecondsAt(zone, start), zone).toBe(bundled.offsetSecondsAt(zone, start));
  }
}

test('changes found in ICU are those of the tz database', BUSY, () => {
  const sample = 'Europe/Zurich America/New_York Australia/Lord_Howe America/Nuuk Asia/Gaza America/Recife'.split(' ');
  expectSame(icu, sample, '2000-02-01', '2042-01-01');
});

// The system's copy may be many years old or newer than ours, so only long settled law is compared.
test.runIf(existsSync('/usr/share/zoneinfo/tzdata.zi'))('system files agree with the bundled data', BUSY, () => {
  const system = loadZones({ only: 'system' });
  expect(system.names().length).toBeGreaterThan(300);
  for (const zone of system.names()) expect(system.has(zone), zone).toBe(true);
  const settled = `Europe/Zurich Europe/London America/New_York America/Los_Angeles Australia/Sydney Australia/Lord_Howe
  Pacific/Apia Asia/Kathmandu Asia/Kolkata Asia/Tokyo Africa/Cairo America/Sao_Paulo Europe/Moscow Asia/Jerusalem`;
  expectSame(system, settled.split(/\s+/), '2000-01-01', '2016-01-01');
});

test("a file's rule continues its table as the bundled list goes on, to the very end", () => {
  const zoneinfo = mkdtempSync(join(tmpdir(), 'zoneinfo-'));
  const footer = 'CET-1CEST,M3.5.0,M10.5.0/3';
  mkdirSync(join(zoneinfo, 'Europe'));
  writeFileSync(join(zoneinfo, '+VERSION'), '2999a\n');
  writeFileSync(join(zoneinfo, 'Europe/Zurich'), tzif({ offset: 3600, abbreviation: 'CET', footer }));
  const system = loadZones({ zoneinfo });
  expectSame(system, ['Europe/Zurich'], '2000-01-01', '2500-01-01');
  rmSync(zoneinfo, { recursive: true });
});

test('where a zone is steady, every wall time happens once', BUSY, () => {
  const minute = fc.integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 });
  fc.assert(
    fc.property(fc.constantFrom(...bundled.names()), minute, fc.integer({ min: 0, max: 3000 }), (zone, at, length) => {
      const [from, to] = [new Date(at * 60_000), new Date((at + length) * 60_000)];
      const near = bundled.transitions(zone, new Date(from.getTime() - 2 * DAY), new Date(to.getTime() + 2 * DAY));
      if (near.length === 0) expect(bundled.isSteady(zone, from, to)).toBe(true);
      if (!bundled.isSteady(zone, from, to)) return;
      for (const instant of [from, to]) {
        expect(bundled.toInstant(zone, bundled.toWall(zone, instant))).toEqual({ kind: 'one', instant });
      }
    }),
    { numRuns: 300 },
  );
  expect(bundled.isSteady('Europe/Zurich', new Date('2026-10-26T00:00:00Z'), new Date('2026-10-26T02:00:00Z'))).toBe(
    false,
  );
  expect(bundled.isSteady('Europe/Zurich', new Date('2026-10-26T01:00:00Z'), new Date('2026-10-26T02:00:00Z'))).toBe(
    true,
  );
});
