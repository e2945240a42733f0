import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '../../src/base/loggers.ts';
import { readLogo } from '../../src/http/business-logo.ts';
import { createWeb } from '../../src/http/web.ts';
import { callApi, START_LIMIT_MS, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let web: FastifyInstance;
let root: string;
let origin: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'valclean-web-'));
  mkdirSync(join(root, 'assets'));
  writeFileSync(
    join(root, 'index.html'),
    '<!doctype html><link rel="icon" href="/favicon.svg"><title>VALClean</title>',
  );
  writeFileSync(join(root, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(root, 'assets', 'index-abc123.js'), 'export {}');
  writeHelp('', helpPage('Help', 'All pages'));
  writeHelp('guide/book', helpPage('Book a cleaning', 'A calendar called VALClean'));
  writeHelp('operate/install', helpPage('Install and start', 'VALClean Calendar Sync'));
  writeFileSync(join(root, 'help', '404.html'), helpPage('No such page', 'VALClean has none'));
  server = await startTestServer();
  web = await createWeb({
    api: server.app,
    root,
    business: { name: 'VALClean', logo: null, isMailed: true },
    logger: silentLogger(),
  });
  await web.listen({ port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${(web.server.address() as AddressInfo).port}`;
}, START_LIMIT_MS);
afterAll(async () => {
  await web.close();
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const get = (path: string): ReturnType<typeof callApi> => callApi(origin, 'GET', path, {});

const OUR_MARK = '<svg class="mark" width="30"><rect></rect></svg>';

function helpPage(title: string, text: string): string {
  const head = `<link rel="icon" href="/favicon.svg"><title>${title} · VALClean</title>`;
  return `<!doctype html>${head}<header>${OUR_MARK}<b>VALClean</b></header><main>${text}</main>`;
}

function writeHelp(path: string, page: string): void {
  mkdirSync(join(root, 'help', path), { recursive: true });
  writeFileSync(join(root, 'help', path, 'index.html'), page);
}

describe('the web listener', () => {
  test.each(['/', '/orders', '/settings/calendar?connected=google', '/orders/7/'])(
    'serves the app at %s',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('VALClean');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      const csp = answer.headers.get('content-security-policy') ?? '';
      expect(csp).toContain("default-src 'none'");
      expect(csp).not.toContain('unsafe');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test('lets hashed files be kept for ever, others not', async () => {
    expect((await get('/assets/index-abc123.js')).headers.get('cache-control')).toContain('immutable');
    expect((await get('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  test('never gives the page for a file that is gone', async () => {
    for (const path of ['/assets/index-old.js', '/robots.txt', '/assets/']) expect((await get(path)).status).toBe(404);
  });

  test.each(['/help/guide/book/', '/help/guide/book'])('serves the help as pages of their own: %s', async (path) => {
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.body).toContain('Book a cleaning');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const headers = { 'if-none-match': page.headers.get('etag') ?? '' };
    expect((await web.inject({ url: path, headers })).statusCode).toBe(304);
  });

  test('serves the help in the form that a client takes', async () => {
    const ask = async (encoding: string) =>
      web.inject({ url: '/help/guide/book/', headers: { 'accept-encoding': encoding } });
    const [plain, gzip, br] = await Promise.all([ask('identity'), ask('gzip'), ask('gzip, br')]);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(br.headers['content-encoding']).toBe('br');
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain.body);
    expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body);
    expect(new Set([plain, gzip, br].map(({ headers }) => headers['etag'])).size).toBe(3);
    for (const { headers } of [plain, gzip, br]) expect(headers['vary']).toBe('accept-encoding');
  });

  test('serves pictures of the help as what they are, to be kept', async () => {
    writeFileSync(join(root, 'assets', 'visit-abc123.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47]));
    const picture = await get('/assets/visit-abc123.png');
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('cache-control')).toContain('immutable');
  });

  test('says of the help what is not there, and never gives the app for it', async () => {
    for (const path of [
      '/help/nothing',
      '/help/nothing/',
      '/help/guide/',
      '/help/..%2fguide',
      '/help/guide%2fnothing',
    ]) {
      const answer = await get(path);
      expect(answer.status, path).toBe(404);
      expect(answer.body, path).toContain('No such page');
    }
    // As browsers ask again for what they were given before.
    const again = await web.inject({ url: '/help/nothing/', headers: { 'if-none-match': '*' } });
    expect(again.statusCode).toBe(404);
    expect(again.body).toContain('No such page');
  });

  test('gives nothing outside its folder', async () => {
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2f..%2fetc%2fpasswd', '/assets/..%5c..%5cx']) {
      expect(String((await get(path)).body)).not.toMatch(/dependencies|root:/);
    }
  });

  test('passes /api on, with everything that belongs to it', async () => {
    const admin = await server.person('admin');
    const me = await callApi(origin, 'GET', '/api/auth/me/', { token: admin.token });
    expect(me.body).toMatchObject({ id: admin.id, role: 'admin' });
    const unknown = await get('/api/nothing/');
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('content-type')).toContain('application/problem+json');
    expect(await get('/api')).toMatchObject({ status: 404 });
    expect((await get('/apiary')).body).toContain('VALClean');
  });

  test('takes nothing but GET and HEAD', async () => {
    const answer = await callApi(origin, 'POST', '/orders', { body: {} });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('the business', () => {
  const SVG =
    '<?xml version="1.0"?>\n<!-- a mark --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  /** The page, and what is at the logo's address, of a business with this name and logo. */
  async function serve<T>(
    name: string,
    file: string | null,
    look: (get: (path: string, headers?: Record<string, string>) => ReturnType<typeof callApi>) => Promise<T>,
  ): Promise<T> {
    const logo = file === null ? null : readLogo(file);
    const other = await createWeb({
      api: server.app,
      root,
      business: { name, logo, isMailed: true },
      logger: silentLogger(),
    });
    try {
      await other.listen({ port: 0, host: '127.0.0.1' });
      const { port } = other.server.address() as AddressInfo;
      return await look((path, headers = {}) => callApi(`http://127.0.0.1:${port}`, 'GET', path, { headers }));
    } finally {
      await other.close();
    }
  }

  function write(name: string, content: string | Buffer): string {
    const file = join(root, name);
    writeFileSync(file, content);
    return file;
  }

  test.each(['/', '/index.html', '/orders'])(
    'is named on the page at %s, and can put nothing into it',
    async (path) => {
      await serve('Clean & <b>$& "Co"</b>', null, async (ask) => {
        const { body, headers } = await ask(path);
        expect(body).toContain('<title>Clean &amp; &lt;b&gt;$&amp; &quot;Co&quot;&lt;/b&gt;</title>');
        expect(body).not.toContain('VALClean');
        expect(body).not.toContain('business-logo');
        const again = await ask(path, { 'if-none-match': headers.get('etag') ?? '' });
        expect(again).toMatchObject({ status: 304, body: '' });
      });
    },
  );

  test('is named in the help, too, but for what it says of the program itself', async () => {
    await serve('Clean & Co', write('mark.svg', SVG), async (ask) => {
      const guide = await ask('/help/guide/book/');
      expect(guide.body).toContain('<title>Book a cleaning · Clean &amp; Co</title>');
      expect(guide.body).toContain('<img class="mark" src="/business-logo" alt=""><b>Clean &amp; Co</b>');
      expect(guide.body).toContain('href="/business-logo" type="image/svg+xml"');
      expect(guide.body).toContain('<main>A calendar called Clean &amp; Co</main>');
      const operate = await ask('/help/operate/install');
      expect(operate.body).toContain('<title>Install and start · Clean &amp; Co</title>');
      expect(operate.body).toContain('<main>VALClean Calendar Sync</main>');
      for (const path of ['/help', '/help/', '/help/nothing/']) {
        const { body } = await ask(path);
        expect(body, path).toContain(' · Clean &amp; Co</title>');
        expect(body, path).not.toContain('VALClean');
      }
    });
    await serve('Clean & Co', null, async (ask) => {
      const { body } = await ask('/help/');
      expect(body).toContain(`${OUR_MARK}<b>Clean &amp; Co</b>`);
      expect(body).not.toContain('business-logo');
    });
  });

  test.each([
    ['logo.svg', SVG, 'image/svg+xml'],
    ['logo.png', PNG, 'image/png'],
  ])('has its logo at a fixed address: %s', async (name, content, type) => {
    await serve('Sparkle', write(name, content), async (ask) => {
      expect((await ask('/')).body).toContain('<meta name="business-logo" content="/business-logo" />');
      const logo = await ask('/business-logo');
      expect(logo.status).toBe(200);
      expect(logo.headers.get('content-type')).toBe(type);
      expect(logo.headers.get('x-content-type-options')).toBe('nosniff');
      expect(logo.headers.get('cache-control')).toBe('no-cache');
      const csp = logo.headers.get('content-security-policy') ?? '';
      expect(csp).toContain("default-src 'none'");
      expect(csp).toContain('sandbox');
      expect(csp).not.toContain('script-src');
      const kept = await ask('/business-logo', { 'if-none-match': logo.headers.get('etag') ?? '' });
      expect(kept.status).toBe(304);
      expect(kept.headers.get('content-security-policy')).toBe(csp);
    });
  });

  test('without one there is nothing', async () => {
    await serve('Sparkle', null, async (ask) => {
      expect((await ask('/business-logo')).headers.get('content-type')).toContain('text/html');
    });
  });

  test.each([
    ['absent.svg', null, 'can’t be read'],
    ['page.svg', '<!doctype html><svg></svg>', 'neither an SVG nor a PNG'],
    ['photo.png', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'neither an SVG nor a PNG'],
    ['huge.svg', `<svg>${' '.repeat(256 * 1024)}</svg>`, 'more than 256 kB'],
  ])('a file that is no logo keeps the start from succeeding: %s', (name, content, said) => {
    const file = content === null ? join(root, name) : write(name, content);
    expect(() => readLogo(file)).toThrow(said);
  });
});
