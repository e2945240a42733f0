import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { DESKTOP, shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead, TIME_ZONE, type ProductCompany } from '../support/product-company.ts';

const ORDERS = 10;
const ITEMS = 10;
const DAYS = 100;
/** Far more than is in the page at once, whatever the window; see `LongList.tsx`. */
const MOST_ROWS = 60;

describe('a list of 10,000 appointments', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('scrolls to its end with a handful of rows in the page, and the way back finds the place', async ({ stage }) => {
    const { product, open } = stage;
    const last = await fill(product.company);
    const page = await open({ as: product.company.admin });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/appointments/?')) asked.push(request.url());
    });
    await page.goto('/appointments');
    await page.getByRole('heading', { name: /^Tomorrow/ }).waitFor();
    const end = page.locator(`a[href="/appointments/${last}"]`);
    await expect.poll(() => scrollToEnd(page, end), { interval: 20, timeout: TEST_WITHIN_MS / 2 }).toBe(true);
    expect(await rows(page)).toBeLessThan(MOST_ROWS);
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
    // The first of 30, the others of 200; a page that changed meanwhile is asked for again.
    expect(new Set(asked).size).toBe(1 + Math.ceil((ORDERS * ITEMS * DAYS - 30) / 200));
    await shoot(page, 'long-list-end');

    await end.click();
    await page.getByRole('heading', { level: 1, name: 'Deep clean' }).waitFor();
    await page.goBack();
    await end.waitFor();
    await expect.poll(async () => ((await end.boundingBox())?.y ?? Infinity) < DESKTOP.height).toBe(true);

    // A page that does not come takes nothing away of what is there.
    stage.expectFault(/status of 500.*\/api\/appointments\/\?/);
    const cut = await open({ as: product.company.admin });
    await cut.route(/\/api\/appointments\/\?.*cursor=/, (route) => route.fulfill({ status: 500, body: '' }));
    await cut.goto('/appointments');
    await cut.getByRole('heading', { name: /^Tomorrow/ }).waitFor();
    await cut.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    const more = cut.getByRole('button', { name: 'Show more' });
    await expect.poll(() => more.getAttribute('data-loading')).toBe('true');
    await expect.poll(() => more.getAttribute('data-loading'), { timeout: 60_000 }).toBe(null);
    expect(await rows(cut)).toBeGreaterThan(0);
    await cut.unroute(/\/api\/appointments\/\?.*cursor=/);
    await more.click();
    await expect.poll(() => cut.evaluate('document.documentElement.scrollHeight')).toBeGreaterThan(20_000);
  });
});

/** @returns the appointment that comes last */
async function fill(company: ProductCompany): Promise<number> {
  const customer = await company.hire('customer', 'Jane Doe');
  const starts = (at: number): string =>
    `${daysAhead(1, '08:00').slice(0, 11)}${String(8 + (at % 10)).padStart(2, '0')}:00:00`;
  const items = Array.from({ length: ITEMS }, (_, at) => ({ service_id: company.serviceId, starts_at: starts(at) }));
  const address = { line1: '1 High Street', line2: null, city: 'London', postal_code: 'N1 1AA', country: 'GB' };
  const recurrence = { rrule: `FREQ=DAILY;COUNT=${DAYS}` };
  const body = { customer_id: customer.id, time_zone: TIME_ZONE, notes: null, address, items, recurrence };
  const made: { id: number; starts_at: string }[] = [];
  for (let order = 0; order < ORDERS; order += 1) {
    const { id } = await company.call(company.admin, 'POST', '/api/orders/', body);
    const { appointments } = await company.call(company.admin, 'POST', `/api/orders/${id}/confirm/`);
    made.push(...(appointments as { id: number; starts_at: string }[]));
  }
  expect(made).toHaveLength(ORDERS * ITEMS * DAYS);
  made.sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at) || a.id - b.id);
  return made.at(-1)?.id ?? 0;
}

async function scrollToEnd(page: Page, end: ReturnType<Page['locator']>): Promise<boolean> {
  await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
  return end.isVisible();
}

function rows(page: Page): Promise<number> {
  return page.locator('main li[aria-posinset]').count();
}
