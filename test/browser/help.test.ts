import type { AxeResults } from 'axe-core';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { readBook } from '../../web/help/book.ts';
import { DESKTOP, PHONE, shoot, SIZES, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { layoutTroubles } from '../support/page-layout.ts';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RUN = `axe.run({ resultTypes: ['violations'] })`;
/** Height by width of the first picture, as it is shown and as it was taken. */
const SHAPES = `(({ height, width, naturalHeight, naturalWidth }) => ({
  shown: height / width,
  own: naturalHeight / naturalWidth,
}))(document.querySelector('article img'))`;
const { contents, pages } = readBook(fileURLToPath(new URL('../../docs', import.meta.url)));
const ALL = [contents, ...pages];

describe('the help', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('every page can be read by everybody, in both themes', async ({ stage }) => {
    const page = await stage.open();
    const troubles: string[] = [];
    for (const [at, { path, title }] of ALL.entries()) {
      // In turns, so that all looks are looked at without all being looked at twice.
      const [viewport, colorScheme] = at % 2 === 0 ? ([PHONE, 'dark'] as const) : ([DESKTOP, 'light'] as const);
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      troubles.push(...(await troublesOf(page, path)));
      await shoot(page, `page-${path.split('/').filter(Boolean).join('-')}`);
      await page.emulateMedia({ colorScheme: colorScheme === 'dark' ? 'light' : 'dark' });
      troubles.push(...(await troublesOf(page, path)));
      for (const { size, viewport: window } of SIZES) {
        await page.setViewportSize(window);
        troubles.push(...(await layoutTroubles(page)).map((trouble) => `${path} ${size}: ${trouble}`));
      }
    }
    expect(troubles).toEqual([]);
  });

  test('works without JavaScript and signed out: contents, pages in a row, anchors', async ({ stage }) => {
    const page = await stage.open({ javaScriptEnabled: false });
    await page.goto('/help/');
    await page.getByRole('link', { name: 'Why an event is missing' }).click();
    await page.getByRole('heading', { level: 1, name: 'Why an event is missing' }).waitFor();
    expect(await page.getByRole('search').count()).toBe(0);
    await page
      .getByRole('navigation', { name: 'On this page' })
      .getByRole('link', { name: 'What the reasons mean' })
      .click();
    expect(page.url()).toMatch(/#what-the-reasons-mean$/);
    await page.getByRole('navigation', { name: 'Before and next' }).getByRole('link', { name: /^Next/ }).click();
    await page.getByRole('heading', { level: 1, name: 'When your calendar needs you' }).waitFor();
    expect(await page.locator('.contents [aria-current=page]').textContent()).toBe('When your calendar needs you');
  });

  test('the contents lead newcomers to what most of them come for', async ({ stage }) => {
    const page = await stage.open({ viewport: PHONE, javaScriptEnabled: false });
    for (const [link, title] of [
      ['Google', 'Connect Google Calendar'],
      ['Outlook', 'Connect Outlook'],
      ['Apple', 'Connect Apple Calendar on iPhone, iPad and Mac'],
      ['Find out why', 'Why an event is missing'],
      ['Disconnect it', 'Disconnect a calendar'],
      ['take the permission back', 'Take back the permission'],
    ] as const) {
      await page.goto('/help/');
      await page.getByRole('main').getByRole('link', { name: link, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    }
  });

  test('what newcomers type leads there, too', async ({ stage }) => {
    const page = await stage.open();
    for (const [typed, path] of [
      ['not showing', 'event-missing'],
      ['revoke', 'take-back'],
      ['remove access', 'take-back'],
      ['disconnect', 'disconnect'],
    ] as const) {
      await page.goto('/help/');
      const field = page.getByRole('searchbox', { name: 'Search the help' });
      await field.fill(typed);
      await page.locator('.found a').first().waitFor();
      await field.press('Enter');
      await page.waitForURL(`**/help/guide/${path}/`);
    }
  });

  test('what is typed is found, and opened at its heading', async ({ stage }) => {
    const page = await stage.open({ viewport: PHONE });
    await page.goto('/help/');
    const field = page.getByRole('searchbox', { name: 'Search the help' });
    await field.fill('needs you');
    const found = page.locator('.found a');
    await expect.poll(() => found.first().textContent()).toBe('When your calendar needs you');
    await shoot(page, 'help-search');
    expect(await troublesOf(page, 'search')).toEqual([]);
    await field.fill('zzz');
    await page.getByText('Nothing found.').waitFor();
    await field.fill('administrator approval microsoft');
    await found.first().waitFor();
    await field.press('Enter');
    await page.waitForURL(/\/help\/[a-z/-]+\/#/);
  });

  test('the search tells that it could not be loaded, and tries again', async ({ stage }) => {
    stage.expectFault(/status of 503.*\/help/);
    const page = await stage.open();
    const index = /\/help[^/]*\.json$/;
    await page.route(index, (route) => route.fulfill({ status: 503 }));
    await page.goto('/help/');
    const field = page.getByRole('searchbox', { name: 'Search the help' });
    await field.fill('needs');
    await page.getByText('The search can’t be loaded right now.', { exact: false }).waitFor();
    await page.unroute(index);
    await field.fill('needs you');
    await expect.poll(() => page.locator('.found a').first().textContent()).toBe('When your calendar needs you');
  });

  test('pictures come, are kept for good, and fit on every screen', async ({ stage }) => {
    const page = await stage.open();
    for (const viewport of [PHONE, DESKTOP]) {
      await page.setViewportSize(viewport);
      await page.goto('/help/guide/connect-google/');
      const picture = page.getByRole('img', { name: /button Connect Google Calendar/ });
      await picture.scrollIntoViewIfNeeded();
      const drawn = `document.querySelector('article img').naturalWidth > 0`;
      await expect.poll(() => page.evaluate(drawn)).toBe(true);
      const box = await picture.boundingBox();
      expect(box?.width).toBeGreaterThan(250);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
      const { shown, own } = (await page.evaluate(SHAPES)) as { shown: number; own: number };
      expect(shown).toBeCloseTo(own, 2);
      // Pressed, it shows alone, where it can be made larger.
      const link = page.getByRole('link', { name: /button Connect Google Calendar/ });
      const address = (await link.getAttribute('href')) ?? '';
      expect(address).toBe(await picture.getAttribute('src'));
      const answer = await page.request.get(address);
      expect(answer.headers()).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': expect.stringContaining('immutable'),
      });
      await shoot(page, `help-pictures-${viewport.width}`);
    }
  });

  test('the way there is on the sign-in page, and a page that is not there says so', async ({ stage }) => {
    const page = await stage.open();
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Help' }).click();
    await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
    stage.expectFault(/status of 404.*\/help\/nothing\//);
    const answer = await page.goto('/help/nothing/');
    expect(answer?.status()).toBe(404);
    await page.getByRole('heading', { level: 1, name: 'There is no such help page' }).waitFor();
    expect(await troublesOf(page, '404')).toEqual([]);
    await page.getByRole('link', { name: 'Take back the permission' }).click();
    await page.getByRole('heading', { level: 1, name: 'Take back the permission' }).waitFor();
  });
});

async function troublesOf(page: Page, name: string): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  const { violations } = (await page.evaluate(RUN)) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${name}: ${id} at ${target.join(' ')} (${failureSummary})`),
  );
}
