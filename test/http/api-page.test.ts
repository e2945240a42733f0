import { afterAll, beforeAll, expect, test } from 'vitest';
import { GENERAL_REFUSALS } from '../../src/http/refusals.ts';
import { apiPage, type ApiDocument } from '../../tools/api-page.ts';
import { START_LIMIT_MS, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let page: string;
beforeAll(async () => {
  server = await startTestServer();
  const { body } = await server.call('GET', '/api/openapi.json');
  page = apiPage(body as ApiDocument, GENERAL_REFUSALS);
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

// Written anew by `npm run api-page`, or by `vitest run -u`.
test('docs/api.md says what the routes say', async () => {
  await expect(page).toMatchFileSnapshot('../../docs/api.md');
});

test('it tells who may call, what is taken, what is answered, and how it is refused', () => {
  const [, confirm = ''] = page.split('### Confirm an order\n');
  const call = confirm.split('\n### ')[0];
  expect(call).toContain('`POST /api/orders/{id}/confirm/`');
  expect(call).toContain('*Who:* manager, admin');
  expect(call).toContain('*Answer:* 200, [ChangedOrder](#changedorder-object)');
  expect(call).toContain('`order_cancelled`');
  const [, order = ''] = page.split('`POST /api/orders/`\n');
  expect(order).toContain('| `items[].service_id` | integer |');
  expect(order).toContain('| `address.access_notes` | string or null, optional |');
});

test('it names the fields of every body, also of those that may be left out', () => {
  const bodies = page.split(/^\*Body.*:\*$/m).slice(1);
  expect(bodies.length).toBeGreaterThan(20);
  for (const body of bodies) expect(body).toMatch(/^\s*\| field \| type \| what \|\n\| --- \| --- \| --- \|\n\| `/);
  const [, cancel = ''] = page.split('`POST /api/orders/{id}/cancel/`\n');
  expect(cancel.split('\n### ')[0]).toContain('| `version` |');
});
