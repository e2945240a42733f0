import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { explain } from './explain.ts';
import { readFault } from './faults.ts';
import {
  booleanTextSchema,
  emailSchema,
  idSchema,
  idTextSchema,
  instantOrWallSchema,
  instantTextSchema,
  integerText,
  nameSchema,
  notesSchema,
  passwordSchema,
  timeZoneSchema,
} from './fields.ts';

/** What is read, or the text that is told. */
function read(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value, { error: explain });
  return result.success ? result.data : `✗ ${readFault(result.error.issues[0]?.message ?? '').message}`;
}

const refused = (schema: z.ZodType, value: unknown): void =>
  expect(String(read(schema, value)), JSON.stringify(value)).toMatch(/^✗ (Give|This|Leave)/);

describe('ids', () => {
  test('in bodies are numbers, in addresses plain digits', () => {
    expect(read(idSchema, 7)).toBe(7);
    expect(read(idTextSchema, '7')).toBe(7);
    expect(read(idTextSchema, '9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
  });

  test.each([0, -1, 1.5, 2 ** 53, 1e300, Number.NaN, '7', null, true, [7]])('%s is none', (id) =>
    refused(idSchema, id),
  );

  test.each(['', '0', '-1', '+1', '1.5', '1e3', '0x7', ' 7', '7 ', '٧', '9007199254740992', '9'.repeat(50)])(
    '"%s" is none',
    (id) => refused(idTextSchema, id),
  );
});

describe('numbers and flags in queries', () => {
  test('keep to their range', () => {
    const limit = integerText(1, 200);
    expect([read(limit, '1'), read(limit, '200')]).toEqual([1, 200]);
    expect(read(limit, '0')).toBe('✗ Give a whole number from 1 to 200.');
    expect(read(limit, ['1', '2'])).toBe('✗ Give a whole number from 1 to 200.');
    expect([read(booleanTextSchema, 'true'), read(booleanTextSchema, 'false')]).toEqual([true, false]);
    for (const value of ['1', 'yes', 'TRUE', '']) refused(booleanTextSchema, value);
  });
});

describe('instants', () => {
  test.each([
    '2026-12-01T09:00:00+00:00',
    '2026-12-01T09:00Z',
    '2026-12-01T09:00:00.123456789-11:30',
    '2028-02-29T00:00:00Z',
    '2199-12-31T23:59:59+14:00',
  ])('%s', (text) => {
    expect(read(instantTextSchema, text)).toBe(text);
    expect(read(instantOrWallSchema, text)).toBe(text);
  });

  test.each([
    '2026-12-01',
    '2026-12-01 09:00:00Z',
    '2026-02-30T09:00:00Z',
    '2027-02-29T00:00:00Z',
    '2026-13-01T09:00:00Z',
    '2026-12-01T24:00:00Z',
    '2026-12-01T09:60:00Z',
    '2026-12-01T09:00:00+25:00',
    '2026-12-01T09:00:00+0000',
    '1999-12-31T09:00:00Z',
    '2200-01-01T09:00:00Z',
    '0000-01-01T00:00:00Z',
    '+012026-12-01T09:00:00Z',
    '1764579600',
    'tomorrow',
    '',
  ])('%s is none', (text) => {
    refused(instantTextSchema, text);
    refused(instantOrWallSchema, text);
  });

  test('a wall time is taken where a zone stands beside it', () => {
    expect(read(instantOrWallSchema, '2026-12-01T09:00:00')).toBe('2026-12-01T09:00:00');
    expect(read(instantOrWallSchema, '2026-12-01T09:00')).toBe('2026-12-01T09:00');
    refused(instantTextSchema, '2026-12-01T09:00:00');
    refused(instantOrWallSchema, '2026-02-30T09:00:00');
  });

  test('a plus that arrived as a space is read as a plus', () => {
    expect(read(instantTextSchema, '2026-12-01T09:00:00 01:00')).toBe('2026-12-01T09:00:00+01:00');
  });
});

describe('texts', () => {
  test('names are one line, without the space around them', () => {
    expect(read(nameSchema, '  Zoë  O’Brien ')).toBe('Zoë  O’Brien');
    expect(read(nameSchema, 'x'.repeat(200))).toHaveLength(200);
    for (const name of ['', '   ', 'x'.repeat(201), 'a\nb', 'a\u0007b', 'a\u0085b', 7, null]) refused(nameSchema, name);
  });

  test('notes may have lines', () => {
    expect(read(notesSchema, 'Ring twice.\r\n\tThen wait.\n')).toBe('Ring twice.\r\n\tThen wait.');
    expect(read(notesSchema, 'x'.repeat(5000))).toHaveLength(5000);
    for (const notes of ['x'.repeat(5001), 'a\u0000b', 'a\u001bb']) refused(notesSchema, notes);
  });

  test('e-mail addresses', () => {
    expect(read(emailSchema, 'jane.o-doe+cal@mail.example.co.uk')).toBe('jane.o-doe+cal@mail.example.co.uk');
    for (const email of [
      'jane',
      'jane@',
      '@example.com',
      'a b@example.com',
      `${'x'.repeat(250)}@example.com`,
      'a@b@c.d',
    ]) {
      refused(emailSchema, email);
    }
  });

  test('passwords: length is the only rule', () => {
    for (const password of ['          ', 'aaaaaaaaaa', 'x'.repeat(200)])
      expect(read(passwordSchema, password)).toBe(password);
    for (const password of ['', 'ninechars', 'x'.repeat(201), 1234567890]) refused(passwordSchema, password);
    expect(read(passwordSchema, 'short')).not.toContain('short');
  });

  test('zones have the form of a zone', () => {
    for (const zone of ['Europe/London', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires', 'UTC']) {
      expect(read(timeZoneSchema, zone)).toBe(zone);
    }
    for (const zone of ['', '../../etc/passwd', 'Europe/London;', 'x'.repeat(65), null]) refused(timeZoneSchema, zone);
  });
});
