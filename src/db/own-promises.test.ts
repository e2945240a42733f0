import type pg from 'pg';
import { expect, test } from 'vitest';
import { useOwnPromises } from './own-promises.ts';

type Done = (error: Error | null, result?: unknown) => void;

/** A connection that answers at once, and fails where the statement says so. */
function openClient(): { client: pg.ClientBase; asked: unknown[][] } {
  const asked: unknown[][] = [];
  const query = (...call: unknown[]): unknown => {
    asked.push(call);
    const done = call.find((part) => typeof part === 'function') as Done | undefined;
    if (call[0] === 'fail') done?.(new Error('refused'));
    else done?.(null, { rows: [call[1]] });
    return 'what the driver returns';
  };
  const client = { query } as unknown as pg.ClientBase;
  useOwnPromises(client);
  return { client, asked };
}

test('a statement resolves to its result', async () => {
  const { client } = openClient();
  expect(await client.query('select', ['value'])).toEqual({ rows: [['value']] });
  expect(await client.query({ text: 'select', values: ['value'] })).toEqual({ rows: [undefined] });
});

test('a statement that fails rejects with the error of the driver', async () => {
  const { client } = openClient();
  await expect(client.query('fail')).rejects.toThrow('refused');
});

test('callers with a callback, and cursors, go to the driver as they are', () => {
  const { client, asked } = openClient();
  const done = (): void => {};
  const cursor = { submit: () => {} };
  const query = client.query as unknown as (...call: unknown[]) => unknown;
  expect(query('select', done)).toBe('what the driver returns');
  expect(query('select', ['value'], done)).toBe('what the driver returns');
  expect(query(cursor)).toBe('what the driver returns');
  expect(asked).toEqual([['select', done], ['select', ['value'], done], [cursor]]);
});
