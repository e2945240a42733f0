import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Login } from '../../sync/login.ts';
import { createAddressGuard, type AddressGuard } from '../kit/address-guard.ts';
import { createHttpClient } from '../kit/http-client.ts';
import { discover, type Discovered } from './discover.ts';
import type { FindService } from './dns.ts';

/** By path: what the server says there. */
type Pages = Record<string, (request: IncomingMessage, response: ServerResponse, origin: string) => void>;

const JANE = { username: 'jane@example.com', password: 'päss:word' };
const BASIC = `Basic ${Buffer.from(`${JANE.username}:${JANE.password}`).toString('base64')}`;
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

test('finds an account from the address of its server', async () => {
  const server = await serve(account());
  expect(await find(server.origin)).toEqual({
    principal: new URL(`${server.origin}/principals/jane%40example.com/`),
    home: new URL(`${server.origin}/calendars/jane/`),
    inbox: new URL(`${server.origin}/calendars/jane/inbox/`),
    email: 'jane.doe@example.com',
  });
  expect(server.asked.every((line) => line.startsWith('PROPFIND'))).toBe(true);
});

test.each([301, 302, 307, 308])('follows a %i to another host, with method, body and credentials', async (status) => {
  const elsewhere = await serve(account());
  const server = await serve({ '/.well-known/caldav': redirect(status, `${elsewhere.origin}/`) });
  expect((await find(server.origin)).home.href).toBe(`${elsewhere.origin}/calendars/jane/`);
});

test('takes the home where the server says that it is, on another host too', async () => {
  const home = 'https://p42-caldav.example.com/17/calendars';
  const server = await serve({
    ...account(),
    '/principals/jane@example.com/': multistatus('/principals/jane%40example.com/', homeSet(home)),
  });
  expect((await find(server.origin)).home.href).toBe(`${home}/`);
});

test('takes the address of the account’s own page', async () => {
  const server = await serve({ '/dav/jane/': multistatus('/dav/jane/', homeSet('/dav/jane/cal/')) });
  expect(await find(`${server.origin}/dav/jane/`)).toMatchObject({
    principal: new URL(`${server.origin}/dav/jane/`),
    home: new URL(`${server.origin}/dav/jane/cal/`),
  });
});

test('tries the usual paths when the well-known one leads nowhere', async () => {
  const pages = account();
  const server = await serve({
    ...{ '/.well-known/caldav': html, '/': html, '/remote.php/dav/': pages['/'] ?? html },
    '/principals/jane@example.com/': pages['/principals/jane@example.com/'] ?? html,
  });
  expect((await find(server.origin)).home.pathname).toBe('/calendars/jane/');
});

test('asks the domain first, for an e-mail address as well', async () => {
  const server = await serve(account());
  const { port } = new URL(server.origin);
  const asked: string[] = [];
  const service: FindService = async (domain) => {
    asked.push(domain);
    return [{ host: '127.0.0.1', port: Number(port), path: '/' }];
  };
  // What is announced is encrypted, and this server is not.
  await expect(find('jane@example.com', { service })).rejects.toMatchObject({
    code: expect.stringMatching(/^server_/),
  });
  expect(asked).toEqual(['example.com']);
});

test('empty properties under a 404 hide nothing', async () => {
  const server = await serve({
    ...account(),
    '/': (_, response) =>
      answer(
        response,
        `<d:response><d:href>/</d:href>
          <d:propstat><d:prop><d:current-user-principal/><c:calendar-home-set/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>
          <d:propstat><d:prop>${principal}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
      ),
  });
  expect((await find(server.origin)).home.pathname).toBe('/calendars/jane/');
});

test('a wrong password is tried once', async () => {
  const server = await serve(account());
  await expect(find(server.origin, { login: { password: 'wrong' } })).rejects.toMatchObject({
    code: 'password_refused',
  });
  expect(server.asked).toHaveLength(1);
});

test('a sign-in that we do not know is told apart', async () => {
  const server = await serve({
    '/.well-known/caldav': (_, response) => response.writeHead(401, { 'www-authenticate': 'Digest realm="x"' }).end(),
  });
  await expect(find(server.origin)).rejects.toMatchObject({ code: 'sign_in_not_supported' });
});

test.each([
  ['a web page', html, 'not_a_calendar_server'],
  ['nothing', (_: unknown, response: ServerResponse) => response.writeHead(404).end(), 'not_a_calendar_server'],
  [
    'a folder without calendars',
    multistatus('/', '<d:resourcetype><d:collection/></d:resourcetype>'),
    'not_a_calendar_server',
  ],
  ['a body without end', endless, 'not_a_calendar_server'],
  ['one byte now and then', drip, 'server_too_slow'],
  ['silence', () => undefined, 'server_too_slow'],
  ['a broken line', (request: IncomingMessage) => void request.socket.destroy(), 'server_unreachable'],
  ['a redirect in a circle', redirect(301, '/.well-known/caldav'), 'not_a_calendar_server'],
  [
    'an entity bomb',
    (_: unknown, response: ServerResponse) => answer(response, '', '<!DOCTYPE a [<!ENTITY b "c">]>'),
    'not_a_calendar_server',
  ],
] as const)('%s is refused in time', async (_, page, code) => {
  const server = await serve(new Proxy({}, { get: () => page }));
  await expect(find(server.origin)).rejects.toMatchObject({ name: 'LoginRefused', code });
});

test.each([
  ['this machine', 'https://127.0.0.1:1/', 'server_not_allowed'],
  ['a private network', 'https://10.0.0.1/dav/', 'server_not_allowed'],
  ['the cloud’s own data', 'http://169.254.169.254/latest/meta-data/', 'server_not_encrypted'],
  ['another host without encryption', 'http://caldav.example.com/', 'server_not_encrypted'],
])('a redirect to %s is not followed', async (_, location, code) => {
  const server = await serve(new Proxy({}, { get: () => redirect(302, location) }));
  const strict = createAddressGuard({ allowPrivate: false });
  const guard: AddressGuard = {
    check: (url) => (url.origin === server.origin ? undefined : strict.check(url)),
    lookupFor: strict.lookupFor,
  };
  await expect(find(server.origin, { guard })).rejects.toMatchObject({ code });
  expect(server.asked).toHaveLength(1);
});

test.each([
  ['', 'server_not_found'],
  ['https://', 'server_not_found'],
  ['ftp://dav.example.com/', 'server_not_encrypted'],
  ['http://dav.example.com/', 'server_not_encrypted'],
  ['localhost', 'server_not_allowed'],
  ['https://192.168.1.10/', 'server_not_allowed'],
  ['https://jane:secret@dav.example.com/', 'server_not_allowed'],
  ['https://no-such-host.invalid/dav/', 'server_not_found'],
])('the address "%s" is refused', async (server, code) => {
  const guard = createAddressGuard({
    allowPrivate: false,
    resolve: (hostname, done) =>
      hostname === 'localhost'
        ? done(null, [{ address: '127.0.0.1', family: 4 }])
        : done(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), []),
  });
  await expect(find(server, { guard })).rejects.toMatchObject({ name: 'LoginRefused', code });
});

test('a closed port is told apart', async () => {
  const server = await serve({});
  await server.close();
  await expect(find(server.origin)).rejects.toMatchObject({ code: 'server_unreachable' });
});

interface FindOptions {
  login?: Partial<Login>;
  guard?: AddressGuard;
  service?: FindService;
}

function find(server: string, options: FindOptions = {}): Promise<Discovered> {
  const endpoints = options.guard ?? createAddressGuard({ allowPrivate: true });
  const http = createHttpClient({ endpoints, totalTimeoutMs: 300, maxBodyBytes: 200_000 });
  closers.push(() => http.close());
  const login = { server, ...JANE, ...options.login };
  return discover({ http, findService: options.service ?? (async () => []) }, login, AbortSignal.timeout(10_000));
}

async function serve(pages: Pages): Promise<{ origin: string; asked: string[]; close(): Promise<unknown> }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => {
      const page = pages[decodeURIComponent(request.url ?? '')];
      if (page) page(request, response, origin);
      else response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = (): Promise<unknown> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  closers.push(close);
  return { origin, asked, close };
}

const principal = '<d:current-user-principal><d:href>/principals/jane@example.com/</d:href></d:current-user-principal>';

function homeSet(href: string): string {
  return `<c:calendar-home-set><d:href>${href}</d:href></c:calendar-home-set>`;
}

/** A server with Jane's account, which its well-known path leads to. */
function account(): Pages {
  return {
    '/.well-known/caldav': guarded(redirect(301, '/')),
    '/': guarded(multistatus('/', principal)),
    '/principals/jane@example.com/': guarded(
      multistatus(
        '/principals/jane%40example.com/',
        `${homeSet('/calendars/jane')}<c:schedule-inbox-URL><d:href>/calendars/jane/inbox/</d:href></c:schedule-inbox-URL>
        <c:calendar-user-address-set><d:href>/principals/jane/</d:href><d:href>mailto:jane.doe@example.com</d:href></c:calendar-user-address-set>`,
      ),
    ),
  };
}

function guarded(page: Pages[string]): Pages[string] {
  return (request, response, origin) => {
    if (request.headers.authorization === BASIC) page(request, response, origin);
    else response.writeHead(401, { 'www-authenticate': 'Basic realm="dav"' }).end();
  };
}

function multistatus(href: string, properties: string): Pages[string] {
  return (_, response) =>
    answer(
      response,
      `<d:response><d:href>${href}</d:href><d:propstat><d:prop>${properties}</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`,
    );
}

function answer(response: ServerResponse, responses: string, head = ''): void {
  response
    .writeHead(207, { 'content-type': 'application/xml' })
    .end(`${head}<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">${responses}</d:multistatus>`);
}

function redirect(status: number, location: string): Pages[string] {
  return (_, response) => void response.writeHead(status, { location }).end();
}

function html(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Welcome<br>');
}

function endless(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(207);
  const more = (): void => {
    while (!response.destroyed && response.write('<!-- more and more -->'.repeat(1_000)));
  };
  response.on('drain', more);
  more();
}

function drip(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(207);
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}
