import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import PostalMime, { type Email } from 'postal-mime';
import { expect } from 'vitest';
import { PASSWORD, type ProductPerson } from '../support/product-company.ts';
import type { Product } from '../support/product.ts';

/** One event of the simulated Google, as far as tests look at it. */
export interface CalendarEvent {
  id: string;
  status: string;
  summary: string;
  description: string;
  location: string;
  start: { dateTime: string; timeZone: string };
  end: { dateTime: string; timeZone: string };
}

/**
 * The promise is two seconds on a machine that has something to spare. What runs beside the test takes its time from the
 * product, the simulator and the browser alike, so a busy machine is given more.
 */
const SYNC_WITHIN_MS = 2000;
const BUSY_FACTOR = 10;

/** How long a calendar may take to follow. */
export function syncLimitMs(): number {
  const [load = 0] = os.loadavg();
  return load > os.availableParallelism() ? SYNC_WITHIN_MS * BUSY_FACTOR : SYNC_WITHIN_MS;
}

/** Waits until something is so, looking again quickly enough to measure by it. */
export async function until(isSo: () => unknown): Promise<void> {
  await expect.poll(isSo, { interval: 10, timeout: SYNC_WITHIN_MS * BUSY_FACTOR }).toBeTruthy();
}

/** What the person sees in their own simulated calendar. */
export function eventsOf({ google }: Product, person: ProductPerson): CalendarEvent[] {
  const all = google.events(person.google) as unknown as CalendarEvent[];
  return all.filter((event) => event.status !== 'cancelled');
}

/** The mails that the product has written for this person, in no order. */
export async function mailsTo(outbox: string, address: string): Promise<Email[]> {
  if (!fs.existsSync(outbox)) return [];
  const files = fs.readdirSync(outbox).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(files.map((name) => PostalMime.parse(fs.readFileSync(path.join(outbox, name)))));
  return mails.filter(({ to }) => to?.[0]?.address === address);
}

/** Through the form, as people do. */
export async function signIn(page: Page, person: ProductPerson): Promise<void> {
  await page.goto('/sign-in');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
}

/** In wider windows the navigation is a bar at the top: `Navigation.tsx`. */
const MOST_OF_A_PHONE_PX = 767;

/** By the main navigation; on a phone, where there is little room, by what is behind "More". */
export async function goTo(
  page: Page,
  word: 'Today' | 'Appointments' | 'Orders' | 'Health' | 'Services' | 'Settings',
): Promise<void> {
  const navigation = page.getByRole('navigation', { name: 'Main' });
  const link = navigation.getByRole('link', { name: word });
  await navigation.getByRole('link', { name: 'Today' }).waitFor();
  // A wider bar is measured, and again when its font has come.
  if ((await link.count()) > 0 || (page.viewportSize()?.width ?? 0) > MOST_OF_A_PHONE_PX) return link.click();
  await navigation.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: word }).click();
}

/** Settings → Connect, and at Google the choice of the account: ends on the consent page. */
export async function goToConsent(page: Page, person: ProductPerson): Promise<void> {
  await goTo(page, 'Settings');
  await page.getByRole('button', { name: 'Connect Google Calendar' }).click();
  await chooseAccount(page, person);
}

export async function chooseAccount(page: Page, person: ProductPerson): Promise<void> {
  await page.getByRole('heading', { name: 'Choose an account' }).waitFor();
  await page.getByRole('link', { name: person.google }).click();
  await page.getByRole('heading', { name: 'VALClean wants access to your account' }).waitFor();
}

export async function allow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Allow' }).click();
}

/** A card of the page by its heading. */
export function card(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

export function googleCard(page: Page): Locator {
  return card(page, 'Google Calendar');
}

/** Counts what the person presses from now on, on our pages and on those of others. */
export async function countClicks(page: Page): Promise<() => number> {
  let clicks = 0;
  await page.exposeBinding('countClick', () => (clicks += 1));
  const listen = `addEventListener('click', ({ isTrusted }) => isTrusted && countClick(), { capture: true })`;
  await page.addInitScript(listen);
  await page.evaluate(listen);
  return () => clicks;
}

/** The way back from the consent ends with the card that says so. */
export async function seeConnected(page: Page): Promise<void> {
  await page.getByText('Google Calendar connected').waitFor();
  await googleCard(page)
    .getByText(/^(Connected|Updating)$/)
    .waitFor();
}

/** Fails when the page was loaded again since. */
export async function markPage(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => Object.assign(globalThis, { stillTheSame: true }));
  return async () => expect(await page.evaluate(() => 'stillTheSame' in globalThis)).toBe(true);
}

/** The stream of the page is open, so that nothing is found out by looking. */
export async function following(page: Page, go: () => Promise<unknown>): Promise<void> {
  const stream = page.waitForResponse((response) => response.url().endsWith('/api/calendar/stream/') && response.ok());
  await go();
  await stream;
}
