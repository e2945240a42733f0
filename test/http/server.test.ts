import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../../src/base/loggers.ts';
import { BODY_LIMIT_BYTES } from '../../src/http/body.ts';
import type { App } from '../../src/http/route.ts';
import { START_LIMIT_MS, startTestServer, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';

const lines: string[] = [];
let server: TestServer;
let admin: Person;

/** A route that fails as no route should. */
function brokenRoute(app: App): void {
  app.post('/api/broken/', {
    config: { access: 'public' },
    schema: { hide: true, body: z.object({ secret: z.string() }).optional() },
    handler: async ({ body }) => {
      throw new Error(`cannot handle "${body?.secret}" of jane@example.com`);
    },
  });
}

beforeAll(async () => {
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  server = await startTestServer({ routes: [brokenRoute], logger });
  admin = await server.person('admin');
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

function expectProblem(answer: ApiAnswer, status: number, code: string): void {
  expect(answer.body, JSON.stringify(answer.body)).toMatchObject({
    status,
    code,
    type: `urn:valclean:problem:${code}`,
  });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body.request_id).toBe(answer.headers.get('x-request-id'));
  expect(answer.body.detail.length).toBeGreaterThan(10);
}

describe('what no route takes', () => {
  test('an unknown address is 404, whatever is sent to it', async () => {
    expectProblem(await server.call('GET', '/api/nothing/'), 404, 'route_not_found');
    expectProblem(await server.call('POST', '/api/nothing/', { raw: '{', token: 'x' }), 404, 'route_not_found');
    expectProblem(await server.call('GET', '/'), 404, 'route_not_found');
    expectProblem(await server.call('OPTIONS', '/api/nothing/'), 404, 'route_not_found');
  });

  test('a wrong method is 405 and names the right ones', async () => {
    const answer = await server.call('DELETE', '/api/users/7/');
    expectProblem(answer, 405, 'method_not_allowed');
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS, PATCH');
    expectProblem(await server.call('PROPFIND', '/api/orders/'), 405, 'method_not_allowed');
    expectProblem(await server.call('GET', '/api/auth/login'), 405, 'method_not_allowed');
  });

  test('OPTIONS names the methods, and lets no other origin in', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const answer = await server.call('OPTIONS', '/api/auth/login/', { headers });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('allow')).toBe('OPTIONS, POST');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('HEAD answers like GET, without a body', async () => {
    const answer = await server.call('HEAD', '/api/auth/me/', { token: admin.token });
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answer.headers.get('etag')).toBe('"1"');
  });

  test('paths work with and without the slash at their end', async () => {
    for (const path of ['/api/auth/me/', '/api/auth/me']) {
      expect((await server.call('GET', path, { token: admin.token })).status).toBe(200);
    }
  });
});

describe('requests that can’t be understood', () => {
  const send = (request: Parameters<TestServer['call']>[2]): Promise<ApiAnswer> =>
    server.call('POST', '/api/auth/login/', request);

  test.each(['{', '{"email": }', 'email=jane', '\u{feff}{}', '{"a":1}{"b":2}'])('malformed JSON: %s', async (raw) => {
    expectProblem(await send({ raw }), 400, 'malformed_json');
  });

  test('JSON in another encoding', async () => {
    expectProblem(await send({ raw: Buffer.from('{"email":"j\xe4ne"}', 'latin1') }), 400, 'malformed_json');
  });

  test('JSON that is nested without end', async () => {
    const raw = `{"email":${'['.repeat(60_000)}${']'.repeat(60_000)}}`;
    expectProblem(await send({ raw }), 400, 'malformed_json');
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'nonsense',
  ])('a body of another kind: %s', async (type) => {
    expectProblem(await send({ raw: 'x', headers: { 'content-type': type } }), 415, 'unsupported_media_type');
  });

  test('a body that is too large', async () => {
    expectProblem(await send({ raw: ' '.repeat(BODY_LIMIT_BYTES + 1) }), 413, 'body_too_large');
  });

  test('no body at all', async () => {
    for (const request of [{}, { raw: '' }, { raw: 'null' }, { raw: '[]' }, { raw: '7' }]) {
      expectProblem(await send(request), 422, 'invalid_request');
    }
  });

  test('NUL characters and halves of characters, anywhere', async () => {
    for (const raw of [String.raw`{"email":"a\u0000"}`, String.raw`{"email":"\ud800"}`, String.raw`{"\u0000":1}`]) {
      expectProblem(await send({ raw }), 422, 'invalid_request');
    }
    const { token } = admin;
    expectProblem(await server.call('GET', '/api/users/?search=a%00b', { token }), 422, 'invalid_request');
    expectProblem(await server.call('GET', '/api/users/a%00/', { token }), 422, 'invalid_request');
  });

  test('keys that reach for the prototype', async () => {
    for (const raw of ['{"__proto__":{"role":"admin"}}', '{"constructor":{"prototype":{"x":1}}}']) {
      const answer = await send({ raw });
      expectProblem(answer, 422, 'invalid_request');
      expect(answer.body.errors.map((fault: { field: string }) => fault.field).join()).toMatch(/__proto__|constructor/);
    }
  });

  test('broken percent-encoding', async () => {
    expectProblem(await server.call('GET', '/api/users/%zz/', { token: admin.token }), 400, 'malformed_request');
  });

  test('what is no HTTP', async () => {
    const { port } = new URL(server.origin);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('nonsense\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toContain('400 Bad Request');
    expect(answer).toContain('"code":"malformed_request"');
  });

  test('several faults are told together, field by field', async () => {
    const answer = await server.call('POST', '/api/auth/register/', {
      body: { email: 'x', password: 'hush-hush', nome: 'J' },
    });
    expectProblem(answer, 422, 'invalid_request');
    const errors = Object.fromEntries(
      answer.body.errors.map(({ field, message }: Record<string, string>) => [field, message]),
    );
    expect(Object.keys(errors).toSorted()).toEqual(['email', 'name', 'nome', 'password']);
    expect(errors['password']).toBe('Give at least 10 characters.');
    expect(JSON.stringify(answer.body)).not.toContain('hush');
  });
});

describe('failures', () => {
  test('say nothing of the inside, to the caller or the log', async () => {
    const answer = await server.call('POST', '/api/broken/', { body: { secret: 'hush-hush' } });
    expectProblem(answer, 500, 'internal_error');
    expect(JSON.stringify(answer.body)).not.toMatch(/hush|jane|cannot handle/);
    const line = lines.find((candidate) => candidate.includes('request failed')) ?? '';
    expect(line).toContain(answer.body.request_id);
    expect(line).not.toMatch(/hush|jane@/);
    expect(line).toContain('server.test.ts');
  });

  test('the log of a request names the route, not the address', async () => {
    await server.call('GET', '/api/calendar/google/callback/?code=very-secret&state=even-more', {});
    await server.call('GET', `/api/users/?search=jane`, { token: admin.token });
    const log = lines.join('');
    expect(log).toContain('/api/calendar/:provider/callback/');
    expect(log).not.toMatch(/very-secret|even-more|search|jane/);
    expect(log).not.toContain(admin.token);
  });
});

describe('for operators', () => {
  test('the process is up, and ready', async () => {
    expect(await server.call('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await server.call('GET', '/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
  });

  test('measurements are shown on this machine only', async () => {
    const answer = await server.call('GET', '/metrics');
    expect(answer.body).toContain('http_request_duration_seconds_bucket');
    expect(answer.body).not.toContain('search=');
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    expectProblem(await server.call('GET', '/metrics', { headers }), 403, 'forbidden');
  });

  test('or to whoever has the token', async () => {
    await using other = await startTestServer({ metricsToken: 'metrics-secret' });
    expectProblem(await other.call('GET', '/metrics'), 401, 'invalid_token');
    expectProblem(await other.call('GET', '/metrics', { token: 'metrics-secreT' }), 401, 'invalid_token');
    expect((await other.call('GET', '/metrics', { token: 'metrics-secret' })).status).toBe(200);
  });

  test('a database that is gone is 503, not 500', async () => {
    const other = await startTestServer();
    await other.context.database.close();
    const answer = await other.call('GET', '/readyz');
    expect(answer.status).toBe(503);
    await other.close();
  });
});

describe('headers', () => {
  test('every answer is guarded', async () => {
    const { headers } = await server.call('GET', '/api/auth/me/');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('the docs page is served with all its parts', async () => {
    const page = await server.call('GET', '/api/docs/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    for (const [, path = ''] of page.body.matchAll(/(?:src|href)="\.\/([^"]+)"/g)) {
      expect((await server.call('GET', `/api/docs/${path}`)).status, path).toBe(200);
    }
  });
});

test('a route that does not say who may call it fails the start', async () => {
  const open = (app: App): void => void app.get('/api/open/', { handler: async () => 'hello' });
  await expect(startTestServer({ routes: [open] })).rejects.toThrow('config.access');
});
