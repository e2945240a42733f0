import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';

/** What all files of a first page may weigh on the wire. */
const MOST_BYTES = 300_000;

const PAGES = [
  { who: 'a stranger', path: '/sign-in', ready: (page: Page) => page.getByRole('button', { name: 'Sign in' }) },
  { who: 'an administrator', path: '/', ready: (page: Page) => page.getByRole('heading', { level: 1, name: 'Today' }) },
] as const;

describe('the first page', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test.for(PAGES)('of $who is light', async ({ who, path, ready }, { stage }) => {
    const as = who === 'a stranger' ? {} : { as: stage.product.company.admin };
    const page = await stage.open(as);
    await page.goto(path);
    await ready(page).waitFor();
    const files = await weigh(page);
    const heaviest = files.toSorted((a, b) => b.bytes - a.bytes);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes, JSON.stringify(heaviest.slice(0, 5))).toBeLessThan(MOST_BYTES);
    expect(bytes).toBeGreaterThan(10_000);
  });
});

/** Every file of the app that the page has loaded, with its size as it came. */
async function weigh(page: Page): Promise<{ name: string; bytes: number }[]> {
  const found: unknown = await page.evaluate(
    `performance.getEntriesByType('resource').map(({ name, encodedBodySize }) => ({ name, bytes: encodedBodySize }))`,
  );
  return (found as { name: string; bytes: number }[]).filter(({ name }) =>
    new URL(name).pathname.startsWith('/assets/'),
  );
}
