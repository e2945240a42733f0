import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test as base } from 'vitest';
import { openBrowser } from './browser.ts';
import { watchPage } from './page-faults.ts';
import { layoutTroubles } from './page-layout.ts';
import type { ProductPerson } from './product-company.ts';
import { startProduct, type Product } from './product.ts';

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

/** The windows in which people meet us: `test.for(SIZES)`. Pictures are named after them. */
export const SIZES = [
  { size: 'phone', viewport: PHONE },
  { size: 'desktop', viewport: DESKTOP },
] as const;

const SCREENSHOTS = fileURLToPath(new URL('../../test-output/screenshots/', import.meta.url));
/** For one thing to appear on a page. Long, because a machine that runs other tests beside it may stand still for a while. */
const PATIENCE_MS = 60_000;
/** Building the web app, unpacking a browser and starting the product, each for the first time, on a busy machine. */
export const START_WITHIN_MS = 900_000;
/** For one test; a quiet machine needs a tenth of it. */
export const TEST_WITHIN_MS = 600_000;

export interface OpenOptions extends BrowserContextOptions {
  /** Signed in when the first page opens. */
  as?: ProductPerson;
  /** Origin of the web app, when it is that of another node. */
  at?: string;
}

export interface Stage {
  product: Product;
  /** A window of its own: nothing is shared with the others but the product. */
  open(options?: OpenOptions): Promise<Page>;
  /** Faults of our pages that the test brings about on purpose; everything else fails it. */
  expectFault(pattern: RegExp): void;
}

/**
 * `product` runs for the whole file; `stage` opens windows for one test, closes them, and fails the test for whatever went
 * wrong on our pages unseen: errors on the console, failed requests, breaches of the content security policy.
 */
export const test = base
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const found = await openBrowser();
    onCleanup(async () => found.browser?.close());
    return found;
  })
  .extend('product', { scope: 'file' }, async ({ browser }, { onCleanup }) => {
    if (browser.browser === null) return null;
    const product = await startProduct();
    onCleanup(() => product.close());
    return product;
  })
  .extend('stage', async ({ browser, product, skip, task }, { onCleanup }): Promise<Stage> => {
    if (browser.browser === null || product === null) return skip(browser.reason ?? 'no product');
    const { browser: chromium } = browser;
    const faults: string[] = [];
    const expected: RegExp[] = [];
    const pages: Page[] = [];
    onCleanup(async () => {
      if (task.result?.state === 'fail')
        await Promise.all(pages.map((page, at) => takePicture(page, `failed-${task.name}-${at}`)));
      for (const page of pages) await page.context().close();
      expect(faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)))).toEqual([]);
    });
    return {
      product,
      expectFault: (pattern) => void expected.push(pattern),
      async open({ as, at = product.webUrl, ...options } = {}) {
        const context = await chromium.newContext({
          viewport: DESKTOP,
          locale: 'en-GB',
          timezoneId: 'Europe/London',
          // Nothing moves, so that what is measured and pictured is what stays.
          reducedMotion: 'reduce',
          baseURL: at,
          ...(as && { storageState: await signedIn(product, as, at) }),
          ...options,
        });
        context.setDefaultTimeout(PATIENCE_MS);
        const page = await context.newPage();
        watchPage(page, at, (fault) => faults.push(fault));
        pages.push(page);
        return page;
      },
    };
  });

/** As the web app keeps a sign-in (`web/src/lib/session.ts`). */
async function signedIn(
  product: Product,
  person: ProductPerson,
  origin: string,
): Promise<BrowserContextOptions['storageState']> {
  const { refreshToken } = await product.company.signIn(person);
  const localStorage = [{ name: 'valclean.session', value: `${person.id}:${refreshToken}` }];
  return { cookies: [], origins: [{ origin, localStorage }] };
}

/**
 * Keeps a picture for people to look at, `state-size.png`, when they ask for pictures: `SCREENSHOTS=1`, as the gate does.
 */
export async function shoot(page: Page, state: string): Promise<void> {
  if (process.env.SCREENSHOTS !== '1') return;
  await page
    .getByText(/^Loading|geladen …$/)
    .first()
    .waitFor({ state: 'detached' });
  await takePicture(page, `${state}-${sizeOf(page)}`);
}

/** Looks at the page as it stands at each size, and keeps a picture of each. The window gets its size back. */
export async function shootAtEachSize(page: Page, state: string): Promise<void> {
  const before = page.viewportSize();
  for (const { size, viewport } of SIZES) {
    await page.setViewportSize(viewport);
    expect(await layoutTroubles(page), `${state} on the ${size}`).toEqual([]);
    await shoot(page, state);
  }
  if (before !== null) await page.setViewportSize(before);
}

/** `phone`, `desktop`, or the width of another window in pixels. */
export function sizeOf(page: Page): string {
  const width = page.viewportSize()?.width ?? 0;
  return SIZES.find(({ viewport }) => viewport.width === width)?.size ?? String(width);
}

/** Higher pages are pictured as a person sees them, without scrolling: lists go on for ever. */
const MOST_PX = 6000;

/** Of the whole page, or of what a person sees when a dialog lies over it. */
async function takePicture(page: Page, name: string): Promise<void> {
  const file = path.join(SCREENSHOTS, `${name.replaceAll(/[^\w-]+/g, '-')}.png`);
  fs.mkdirSync(SCREENSHOTS, { recursive: true });
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  const fullPage = height <= MOST_PX && (await page.getByRole('dialog').count()) === 0;
  const scrolled = fullPage ? await page.evaluate(SPREAD_OUT) : null;
  await page.screenshot({ path: file, fullPage });
  if (fullPage) await page.evaluate(`(${AS_BEFORE})(${String(scrolled)})`);
}

/** What lies over the edges of the window would be in the middle of a picture of the whole page. */
const SPREAD_OUT = `(() => {
  const scrolled = scrollY;
  scrollTo(0, 0);
  for (const bar of document.querySelectorAll('header nav'))
    if (getComputedStyle(bar).position === 'fixed')
      bar.style.translate = '0 ' + (document.documentElement.scrollHeight - innerHeight) + 'px';
  return scrolled;
})()`;
const AS_BEFORE = `(scrolled) => {
  for (const bar of document.querySelectorAll('header nav')) bar.style.translate = '';
  scrollTo(0, scrolled);
}`;
