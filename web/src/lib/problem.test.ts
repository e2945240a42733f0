import { expect, test } from 'vitest';
import { hasCode, inputFaults, messageOf, Problem, problemFrom, wholePart } from './problem.ts';
import { speak } from './t.ts';

test('reads what the API says', async () => {
  const body = {
    title: 'Invalid',
    detail: 'Look at the fields.',
    code: 'invalid_request',
    errors: [{ field: 'name', message: 'Add it.' }, { nonsense: true }],
    request_id: 'req-1',
  };
  const response = new Response(JSON.stringify(body), { status: 422, headers: { 'retry-after': '30' } });
  const problem = await problemFrom(response);
  expect(problem).toMatchObject({
    status: 422,
    code: 'invalid_request',
    message: 'Look at the fields.',
    fields: [{ field: 'name', message: 'Add it.' }],
    retryAfterSeconds: 30,
    requestId: 'req-1',
  });
});

test('makes a plain sentence of a page that is no problem document', async () => {
  const problem = await problemFrom(new Response('<html>Bad gateway</html>', { status: 502 }));
  expect(problem.code).toBe('http_502');
  expect(problem.message).toBe('VALClean has a problem at the moment. Please try again in a minute.');
});

test('never shows the text of a fault of ours', () => {
  expect(messageOf(new TypeError('x is undefined'))).not.toContain('undefined');
  expect(messageOf(new Problem(409, 'conflict', 'Somebody was quicker.'))).toBe('Somebody was quicker.');
});

test('codes are told apart', () => {
  expect(hasCode(new Problem(409, 'version_conflict', ''), 'version_conflict')).toBe(true);
  expect(hasCode(new Error('version_conflict'), 'version_conflict')).toBe(false);
});

test('a part of the app that can’t be fetched is told like a server that can’t be reached', async () => {
  const missing = wholePart(Promise.reject(new Error('Unable to preload CSS for /assets/old.css')));
  const problem = await missing.catch((error: unknown) => error);
  expect(hasCode(problem, 'part_missing')).toBe(true);
  expect(messageOf(problem)).toContain('Check your internet connection');
  expect(await wholePart(Promise.resolve('there'))).toBe('there');
});

test('people at a form are not told the form of an instant', async () => {
  const errors = [{ field: 'items.0.starts_at', message: 'Give an instant with offset …', code: 'not_a_time' }];
  const problem = await problemFrom(Response.json({ code: 'invalid_request', detail: 'No.', errors }, { status: 422 }));
  expect(problem.fields).toEqual([
    { field: 'items.0.starts_at', message: 'Choose a day and a time in the years 2000 to 2199.' },
  ]);
});

test('in another language codes have words of their own; what has none is told as the server says it', async () => {
  const refused = (code: string, errors: object[]): Response =>
    Response.json({ detail: 'In English.', code, errors }, { status: 422 });
  await speak('de');
  try {
    const form = await problemFrom(
      refused('invalid_request', [
        { field: 'name', message: 'Give at most 200 characters.', code: 'too_long', params: { maximum: 200 } },
        { field: 'phone', message: 'Something new.', code: 'of_tomorrow' },
      ]),
    );
    expect(messageOf(form)).toBe('Bitte prüfen Sie Ihre Angaben.');
    expect(form.fields).toEqual([
      { field: 'name', message: 'Geben Sie höchstens 200 Zeichen ein.' },
      { field: 'phone', message: 'Something new.' },
    ]);
    const taken = await problemFrom(
      refused('email_taken', [{ field: 'email', message: 'Taken.', code: 'email_taken' }]),
    );
    expect(taken.fields).toEqual([{ field: 'email', message: 'Es gibt schon ein Konto mit dieser E-Mail-Adresse.' }]);
    expect(messageOf(await problemFrom(refused('of_tomorrow', [])))).toBe('In English.');
  } finally {
    await speak('en');
  }
});

test('faults are given to the inputs that they are about; other errors have none', () => {
  const problem = new Problem(422, 'invalid_request', 'No.', { fields: [{ field: 'time_zone', message: 'Another.' }] });
  expect(inputFaults(problem, { zone: ['time_zone'], name: ['name'] })).toEqual({ zone: 'Another.' });
  expect(inputFaults(new Error('time_zone'), { zone: ['time_zone'] })).toEqual({});
});
