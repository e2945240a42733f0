import { describe, expect, it } from 'vitest';
import { BusinessError } from '../domain/errors.ts';
import { loadZones } from '../zones/zones.ts';
import { instantText, readEdge, readTime } from './read-time.ts';

const zones = loadZones();
const read = (text: string, zone = 'Europe/London', notBefore?: Date): string =>
  instantText(readTime(zones, zone, text, 'starts_at', notBefore));

function refusal(text: string, zone?: string): BusinessError {
  try {
    read(text, zone);
  } catch (error) {
    if (error instanceof BusinessError) return error;
    throw error;
  }
  throw new Error('It was taken');
}

describe('readTime', () => {
  it('reads an instant and tells it in the zone of the place', () => {
    expect(read('2026-12-01T09:00:00+00:00')).toBe('2026-12-01T09:00:00+00:00');
    expect(read('2026-12-01T09:00:00.987Z', 'America/New_York')).toBe('2026-12-01T04:00:00-05:00');
    expect(read('2026-12-01T09:00+05:45', 'Asia/Kathmandu')).toBe('2026-12-01T09:00:00+05:45');
  });

  it('reads a wall time in the zone', () => {
    expect(read('2026-07-01T09:00', 'Europe/Berlin')).toBe('2026-07-01T09:00:00+02:00');
    expect(read('2026-07-01T09:00:05', 'America/St_Johns')).toBe('2026-07-01T09:00:05-02:30');
  });

  it('takes the first of two equal wall times, or the one after a given instant', () => {
    expect(read('2026-10-25T01:30:00')).toBe('2026-10-25T01:30:00+01:00');
    expect(read('2026-10-25T01:30:00', undefined, new Date('2026-10-25T00:45:00Z'))).toBe('2026-10-25T01:30:00+00:00');
  });

  it('keeps the second of two equal wall times when it came with its offset', () => {
    expect(read('2026-10-25T01:30:00+00:00')).toBe('2026-10-25T01:30:00+00:00');
  });

  it('refuses a wall time in a gap and names both neighbours', () => {
    const error = refusal('2027-03-28T01:30:00');
    expect(error.code).toBe('time_does_not_exist');
    expect(error.fields[0]?.field).toBe('starts_at');
    expect(error.fields[0]?.params).toEqual({
      time: '2027-03-28T01:30:00',
      time_zone: 'Europe/London',
      before: '2027-03-28T00:30:00+00:00',
      after: '2027-03-28T02:30:00+01:00',
    });
    expect(error.message).toContain('2027-03-28T00:30:00+00:00 or 2027-03-28T02:30:00+01:00');
    expect(refusal('2026-10-04T02:10:00', 'Australia/Lord_Howe').message).toContain(
      '2026-10-04T01:40:00+10:30 or 2026-10-04T02:40:00+11:00',
    );
  });

  it.each(['', 'tomorrow', '2026-02-30T09:00:00', '2026-12-01', '2026-12-01T24:00:00', '2026-12-01T09:60:00Z'])(
    'refuses %j',
    (text) => {
      expect(refusal(text).code).toBe('invalid_request');
    },
  );
});

describe('readEdge', () => {
  it('begins a day that begins in a gap when the gap ends', () => {
    const edge = readEdge(zones, 'America/Santiago', '2026-09-06T00:00:00', 'from');
    expect(edge).toEqual(new Date('2026-09-06T04:00:00Z'));
    expect(readEdge(zones, 'America/Santiago', '2026-09-06T00:00Z', 'from')).toEqual(new Date('2026-09-06T00:00:00Z'));
  });
});
