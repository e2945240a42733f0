import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from 'vitest';
import type { App } from '../../src/http/route.ts';
import { START_LIMIT_MS, startTestServer } from '../support/server.ts';

/** Far less than the 72 seconds for which a connection is kept alive otherwise; a process that stops has 15. */
const CLOSES_WITHIN_MS = 15_000;

test(
  'a server that stops gives the last answer, and keeps nobody who could ask again',
  { timeout: START_LIMIT_MS },
  async () => {
    const asked = Promise.withResolvers<void>();
    const closing = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<string>();
    function slowRoute(app: App): void {
      app.addHook('preClose', async () => closing.resolve());
      app.get('/api/slow/', {
        config: { access: 'public' },
        schema: { hide: true },
        handler: async () => {
          asked.resolve();
          return gate.promise;
        },
      });
    }
    const server = await startTestServer({ routes: [slowRoute] });
    const answer = server.call('GET', '/api/slow/');
    await asked.promise;
    const begun = performance.now();
    const closed = server.close();
    await closing.promise;
    gate.resolve('here you are');
    expect(await answer).toMatchObject({ status: 200, body: 'here you are' });
    expect((await answer).headers.get('connection')).toBe('close');
    await closed;
    expect(performance.now() - begun).toBeLessThan(CLOSES_WITHIN_MS);
  },
);

test('a connection that was opened ahead of need holds nothing up', { timeout: START_LIMIT_MS }, async () => {
  const server = await startTestServer();
  const socket = net.connect(Number(new URL(server.origin).port), '127.0.0.1');
  const dropped = once(socket.resume(), 'close');
  await once(socket, 'connect');
  // Answered after the connection was taken in.
  await server.call('GET', '/healthz');
  const begun = performance.now();
  await server.close();
  await dropped;
  expect(performance.now() - begun).toBeLessThan(CLOSES_WITHIN_MS);
});
