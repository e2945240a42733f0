import type { SrvRecord } from 'node:dns';
import { expect, test } from 'vitest';
import { createFindService } from './dns.ts';

const record = (name: string, priority = 0, weight = 0, port = 443): SrvRecord => ({ name, priority, weight, port });

test('the preferred addresses come first, with the path of the domain', async () => {
  const asked: string[] = [];
  const find = createFindService({
    resolveSrv: async (name: string) => {
      asked.push(name);
      return [record('c.example.net', 20), record('b.example.net', 10, 1), record('a.example.net.', 10, 5, 8443)];
    },
    resolveTxt: async () => [['v=1'], ['path=', '/dav/']],
  });
  expect(await find('example.com')).toEqual([
    { host: 'a.example.net', port: 8443, path: '/dav/' },
    { host: 'b.example.net', port: 443, path: '/dav/' },
  ]);
  expect(asked).toEqual(['_caldavs._tcp.example.com']);
});

test.each([
  ['a service that is declared absent', async () => [record('.')]],
  ['no record', () => Promise.reject(new Error('ENOTFOUND'))],
])('%s is nothing', async (_, resolveSrv) => {
  const find = createFindService({ resolveSrv, resolveTxt: () => Promise.reject(new Error('ENODATA')) });
  expect(await find('example.com')).toEqual([]);
});

test('a path that is none is left out', async () => {
  const find = createFindService({
    resolveSrv: async () => [record('a.example.net')],
    resolveTxt: async () => [['path=https://evil.example/']],
  });
  expect(await find('example.com')).toEqual([{ host: 'a.example.net', port: 443, path: null }]);
});
