import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { PICTURE_SCALE } from '../../../web/help/picture-size.ts';
import { SECOND } from '../../../src/base/time.ts';
import { TIME_ZONE } from '../../support/product-company.ts';

const PLACE = fileURLToPath(new URL('../../../docs/images', import.meta.url));
/** While not all are taken: the help is built with those that were there before. */
const FRESH = fileURLToPath(new URL('../../../test-output/pictures', import.meta.url));
/** The guides show pictures 736 px wide at most: a wider window would be read with difficulty. */
export const WIDE = { width: 1000, height: 720 };
export const PHONE = { width: 412, height: 870 };
/** Of WebP: letters keep their edges. */
const QUALITY = 82;
const MOST_BYTES = 150_000;
/** Around a part of a page, in pixels. */
const MARGIN = 14;
const PATIENCE_MS = 60_000;

// In the browser, whose names are not known here.
const LET_GO = `const field = document.activeElement;
  if (typeof field?.selectionStart === 'number') field.setSelectionRange(0, 0);
  field?.blur();
  window.scrollTo(0, 0);
  document.fonts.ready.then(() => true)`;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where the company of the pictures could be found. */
export const ITS_ADDRESS = 'https://calendar.valclean.example';

/** A window in which nothing moves. */
export async function openWindow(browser: Browser, baseURL: string, viewport = WIDE): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    locale: 'en-GB',
    timezoneId: TIME_ZONE,
    reducedMotion: 'reduce',
    baseURL,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
}

export function loadCamera(): void {
  fs.rmSync(FRESH, { recursive: true, force: true });
  fs.mkdirSync(FRESH, { recursive: true });
}

/** Puts all pictures into the place of those before. */
export function hangPictures(): void {
  fs.rmSync(PLACE, { recursive: true, force: true });
  fs.cpSync(FRESH, PLACE, { recursive: true });
}

/** Takes what is in the window. */
export async function take(page: Page, name: string): Promise<void> {
  await settle(page);
  await keep(page, name, { x: 0, y: 0, ...(page.viewportSize() ?? WIDE) });
}

/** Takes parts of a page with a little around them. */
export async function takePart(page: Page, name: string, ...parts: readonly Locator[]): Promise<void> {
  for (const part of parts) await part.waitFor();
  await settle(page);
  const boxes = (await Promise.all(parts.map((part) => part.boundingBox()))).filter((box) => box !== null);
  const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)) - MARGIN);
  const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)) - MARGIN);
  const { width = WIDE.width } = page.viewportSize() ?? {};
  const right = Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + MARGIN);
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN;
  await keep(page, name, { x: left, y: top, width: right - left, height: bottom - top });
}

/** Takes a page from its bar to the end of a part. */
export async function takeDownTo(page: Page, name: string, part: Locator): Promise<void> {
  await takePart(page, name, page.getByRole('banner'), part);
}

/** Takes the dialog that is open; what is behind it says nothing. */
export async function takeDialog(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.evaluate(`document.getElementById('root').style.visibility = 'hidden'`);
  await takePart(page, name, dialog);
  await page.evaluate(`document.getElementById('root').style.visibility = ''`);
}

/** Notes are read and closed, nothing loads, nothing is pointed at, and the page is at its top. */
async function settle(page: Page): Promise<void> {
  const notes = page.getByRole('button', { name: 'Close this message' });
  // They also go by themselves.
  while ((await notes.count()) > 0)
    await notes
      .first()
      .click({ timeout: SECOND })
      .catch(() => undefined);
  await page
    .getByText(/^Loading .*…$/)
    .first()
    .waitFor({ state: 'detached' });
  await page.mouse.move(0, 0);
  await page.evaluate(LET_GO);
}

/** Playwright takes no WebP, which is half of what a PNG is. */
async function keep(page: Page, name: string, clip: Box): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    captureBeyondViewport: true,
    clip: { ...clip, scale: PICTURE_SCALE },
  });
  await devtools.detach();
  const picture = Buffer.from(data, 'base64');
  if (picture.length > MOST_BYTES) throw new Error(`${name}.webp has ${picture.length} bytes`);
  fs.writeFileSync(`${FRESH}/${name}.webp`, picture);
  process.stdout.write(`${name}.webp ${picture.length}\n`);
}
