import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createHttpClient, type HttpCall, type HttpClient, type HttpClientOptions } from './http-client.ts';
import { UnsafeEndpoint } from './endpoint.ts';
import { AnswerLost, NotSent } from './http-failure.ts';

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

function clientFor(endpoint: string, options: Partial<HttpClientOptions> = {}): HttpClient {
  const client = createHttpClient({ endpoints: [endpoint], ...options });
  closers.push(() => client.close());
  return client;
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

test('sends method, headers and body, and gives status, headers and text back', async () => {
  const seen: { request: IncomingMessage; body: string }[] = [];
  const url = await serve((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      seen.push({ request, body });
      response.writeHead(207, { ETag: '"1"', 'X-Two': ['a', 'b'] }).end('größer 🧽');
    });
  });
  const answer = await clientFor(url).send({
    method: 'PUT',
    url: `${url}/a?b=c`,
    headers: { 'if-match': '"0"' },
    body: 'é',
  });
  expect(answer).toMatchObject({ status: 207, body: 'größer 🧽' });
  expect(answer.headers).toMatchObject({ etag: '"1"', 'x-two': 'a, b' });
  const { request, body } = seen[0] ?? expect.fail('no request came');
  expect([request.method, request.url, request.headers['if-match'], body]).toEqual(['PUT', '/a?b=c', '"0"', 'é']);
  expect(request.headers['content-length']).toBe('2');
  expect(request.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('keeps connections open and unpacks gzip', async () => {
  const sockets = new Set<unknown>();
  const url = await serve((request, response) => {
    sockets.add(request.socket);
    expect(request.headers['accept-encoding']).toBe('gzip');
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('packed'));
  });
  const client = clientFor(url);
  for (let call = 0; call < 3; call += 1) {
    expect((await client.send({ method: 'GET', url })).body).toBe('packed');
  }
  expect(sockets.size).toBe(1);
});

test('does not follow redirects', async () => {
  const url = await serve((_, response) => response.writeHead(302, { Location: 'http://example.com/' }).end());
  expect((await clientFor(url).send({ method: 'GET', url })).status).toBe(302);
});

test('a refused connection was never sent', async () => {
  const probe = createTcpServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const url = `http://127.0.0.1:${port}`;
  const error = await failureOf(clientFor(url).send({ method: 'POST', url, body: '{}' }));
  expect(error).toBeInstanceOf(NotSent);
  expect(error).toMatchObject({ code: 'unreachable' });
});

test('a connection that ends after the request is a lost answer', async () => {
  const url = await serve((request) => request.socket.destroy());
  const error = await failureOf(clientFor(url).send({ method: 'POST', url, body: '{}' }));
  expect(error).toBeInstanceOf(AnswerLost);
  expect(error).toMatchObject({ code: 'connection_lost' });
});

test('an answer that breaks off is lost', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('{"id":');
    setImmediate(() => response.destroy());
  });
  expect(await failureOf(clientFor(url).send({ method: 'GET', url }))).toBeInstanceOf(AnswerLost);
});

test('silence ends after the total time as a lost answer', async () => {
  const url = await serve(() => undefined);
  const error = await failureOf(clientFor(url, { totalTimeoutMs: 60 }).send({ method: 'POST', url, body: '{}' }));
  expect(error).toBeInstanceOf(AnswerLost);
  expect(error).toMatchObject({ code: 'timeout' });
});

test('a call that waited in vain for a free connection was never sent', async () => {
  let requests = 0;
  const url = await serve(() => (requests += 1));
  const client = clientFor(url, { connectionsPerOrigin: 1 });
  const stop = new AbortController();
  const first = failureOf(client.send({ method: 'POST', url, body: '1' }, stop.signal));
  const waiting = new AbortController();
  const second = failureOf(client.send({ method: 'POST', url, body: '2' }, waiting.signal));
  await expect.poll(() => requests).toBe(1);
  waiting.abort();
  expect(await second).toBeInstanceOf(NotSent);
  stop.abort();
  expect(await first).toMatchObject({ name: 'AnswerLost', code: 'aborted' });
  const answer = clientFor(url, { totalTimeoutMs: 60 }).send({ method: 'GET', url });
  await failureOf(answer);
  expect(requests).toBe(2);
});

test('a signal that is aborted already sends nothing', async () => {
  let requests = 0;
  const url = await serve((_, response) => {
    requests += 1;
    response.end();
  });
  const error = await failureOf(clientFor(url).send({ method: 'GET', url }, AbortSignal.abort()));
  expect(error).toMatchObject({ name: 'NotSent', code: 'aborted' });
  expect(requests).toBe(0);
});

test.each([
  ['plain', (): Buffer => Buffer.alloc(5_000, 32), {}],
  ['packed', (): Buffer => gzipSync(Buffer.alloc(5_000_000, 32)), { 'Content-Encoding': 'gzip' }],
])('refuses a %s body above the limit', async (_, body, headers) => {
  const url = await serve((__, response) => response.writeHead(200, headers).end(body()));
  const error = await failureOf(clientFor(url, { maxBodyBytes: 4_999 }).send({ method: 'GET', url }));
  expect(error).toMatchObject({ name: 'AnswerLost', code: 'answer_too_large' });
});

test('a body that is not what its encoding says is unreadable', async () => {
  const url = await serve((_, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no gzip'));
  const error = await failureOf(clientFor(url).send({ method: 'GET', url }));
  expect(error).toMatchObject({ name: 'AnswerLost', code: 'answer_unreadable' });
});

test('stays on the hosts that it was made for', async () => {
  const url = await serve((_, response) => response.end());
  const client = clientFor(url);
  for (const foreign of ['https://example.com/next', url.replace('127.0.0.1', 'localhost'), 'http://127.0.0.1:1/']) {
    expect(await failureOf(client.send({ method: 'GET', url: foreign }))).toBeInstanceOf(UnsafeEndpoint);
  }
});

test('tells of each call without its path', async () => {
  const calls: HttpCall[] = [];
  const url = await serve((_, response) => response.writeHead(404).end());
  const client = clientFor(url, { onCall: (call) => calls.push(call) });
  await client.send({ method: 'GET', url: `${url}/calendars/jane@example.com` });
  await failureOf(client.send({ method: 'GET', url }, AbortSignal.abort()));
  expect(calls.map(({ method, status, failure }) => [method, status, failure])).toEqual([
    ['GET', 404, null],
    ['GET', null, 'aborted'],
  ]);
  expect(JSON.stringify(calls)).not.toContain('jane');
});

test('after its end it sends nothing more', async () => {
  const url = await serve((_, response) => response.end());
  const client = clientFor(url);
  await client.send({ method: 'GET', url });
  await client.close();
  expect(await failureOf(client.send({ method: 'GET', url }))).toBeInstanceOf(NotSent);
});

test('its end ends what is under way', async () => {
  const arrived = Promise.withResolvers<void>();
  const url = await serve(() => arrived.resolve());
  const client = clientFor(url);
  const error = failureOf(client.send({ method: 'POST', url, body: '{}' }));
  await arrived.promise;
  await client.close();
  expect(await error).toBeInstanceOf(AnswerLost);
});

test('a header that could smuggle in another is never sent', async () => {
  let requests = 0;
  const url = await serve((_, response) => {
    requests += 1;
    response.end();
  });
  const headers = { 'if-match': '"1"\r\nx-other: 1' };
  expect(await failureOf(clientFor(url).send({ method: 'GET', url, headers }))).toBeInstanceOf(Error);
  expect(requests).toBe(0);
});
