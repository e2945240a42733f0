import { expect } from 'vitest';
import { START_WITHIN_MS, test as base, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { startTemporaryPostgres } from '../support/postgres-server.ts';
import { daysAhead } from '../support/product-company.ts';
import { startProduct } from '../support/product.ts';
import { card, eventsOf, following, markPage, until } from './steps.ts';

// Two processes on one PostgreSQL server, as companies with many people run it; skipped where its programs are missing.

const test = base
  .extend('server', { scope: 'file' }, async ({ browser }, { onCleanup }) => {
    const server = browser.browser === null ? null : await startTemporaryPostgres({ fsync: false });
    onCleanup(async () => server?.stop());
    return server;
  })
  .extend('product', { scope: 'file' }, async ({ server }, { onCleanup }) => {
    if (server === null) return null;
    const product = await startProduct({}, server.url);
    onCleanup(() => product.close());
    return product;
  });

test.beforeAll(({ product }) => void product, START_WITHIN_MS);

test('what is changed at one node is seen at another', { timeout: TEST_WITHIN_MS }, async ({ stage }) => {
  const { product, open } = stage;
  const { company } = product;
  const other = await product.addNode();
  const manager = await company.hire('manager', 'Mona Reed');
  const sarah = await company.hire('staff', 'Sarah Miller', manager);
  const jane = await company.hire('customer', 'Jane Doe');
  await company.connect(sarah);
  const order = await company.order({ customer: jane, staff: [sarah], at: daysAhead(3) });
  const page = await open({ as: manager, at: other.webUrl });
  await following(page, () => page.goto(`/orders/${order.id}`));
  expect(page.url()).toContain(other.webUrl);
  const isSame = await markPage(page);

  const { appointments } = await company.call(company.admin, 'POST', `/api/orders/${order.id}/confirm/`);
  await page.getByRole('region', { name: 'Appointments' }).getByRole('link').waitFor();
  await isSame();
  // Whichever of the two has written it.
  await until(() => eventsOf(product, sarah).length === 1);
  await following(page, () => page.goto(`/appointments/${appointments[0].id}`));
  const isStillTheSame = await markPage(page);
  await card(page, 'Calendars').getByText('In the calendar').waitFor();
  await company.call(sarah, 'POST', '/api/calendar/google/disconnect/', { remove_events: true });
  await card(page, 'Calendars').getByText('No calendar connected').nth(1).waitFor();
  await isStillTheSame();
});
