import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { daysAhead, TIME_ZONE, type ProductPerson } from '../support/product-company.ts';
import { startProduct, type Product } from '../support/product.ts';
import { allow, eventsOf, goToConsent, googleCard, signIn } from './steps.ts';

/* Takes the pictures of the README anew: `node test/browser/take-pictures.ts`. */

const PLACE = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const WIDE = { width: 1280, height: 800 };
const MOST_BYTES = 250_000;

/** Visits of one cleaner in one week: day of the week (0 is Monday), wall time, customer. */
const VISITS = [
  [0, '09:00', 'Jane Doe'],
  [0, '13:00', 'Omar Haddad'],
  [1, '10:00', 'Priya Shah'],
  [2, '08:30', 'Emil Berg'],
  [2, '14:00', 'Rosa Lopez'],
  [3, '11:00', 'Jane Doe'],
  [4, '09:30', 'Priya Shah'],
  [4, '15:00', 'Omar Haddad'],
] as const;

const found = await openBrowser();
if (found.browser === null) throw new Error(found.reason);
await using browser = found.browser;
await using product = await startProduct();
await takePictures(browser, product);

async function takePictures(browser: Browser, product: Product): Promise<void> {
  fs.mkdirSync(PLACE, { recursive: true });
  const sarah = await makeWeek(product);
  const page = await openPage(browser, product);
  await signIn(page, sarah);
  await goToConsent(page, sarah);
  await allow(page);
  await googleCard(page).getByText('Connected', { exact: true }).waitFor();
  if (eventsOf(product, sarah).length < VISITS.length) throw new Error('Not everything is in the calendar');
  // Loaded again, so that the picture shows the page at rest, without the notice.
  await page.reload();
  await googleCard(page).getByText('Connected', { exact: true }).waitFor();
  await page.getByText('events were added').first().waitFor();
  await take(page, 'settings-calendar');

  await page.goto(
    `${product.google.url}/calendar/${encodeURIComponent(sarah.google)}?week=${nextWeek(0).slice(0, 10)}`,
  );
  await page.getByText('Deep clean – Jane Doe').first().waitFor();
  await take(page, 'calendar-week');
}

async function makeWeek({ company, google }: Product): Promise<ProductPerson> {
  const sarah = await company.hire('staff', 'Sarah Miller');
  const customers = new Map<string, ProductPerson>();
  for (const [day, time, name] of VISITS) {
    const customer = customers.get(name) ?? (await company.hire('customer', name));
    customers.set(name, customer);
    await company.confirmedOrder({ customer, staff: [sarah], at: nextWeek(day, time) });
  }
  google.create(sarah.google, 'primary', {
    summary: 'Dentist',
    start: { dateTime: `${nextWeek(1, '15:30')}:00`, timeZone: TIME_ZONE },
    end: { dateTime: `${nextWeek(1, '16:15')}:00`, timeZone: TIME_ZONE },
    colorId: '5',
  });
  return sarah;
}

async function openPage(browser: Browser, product: Product): Promise<Page> {
  const context = await browser.newContext({
    viewport: WIDE,
    locale: 'en-GB',
    timezoneId: TIME_ZONE,
    reducedMotion: 'reduce',
    baseURL: product.webUrl,
  });
  return context.newPage();
}

async function take(page: Page, name: string): Promise<void> {
  const picture = await page.screenshot({ path: `${PLACE}${name}.png` });
  if (picture.length > MOST_BYTES) throw new Error(`${name}.png has ${picture.length} bytes`);
}

function nextWeek(day: number, time?: string): string {
  const today = (new Date().getUTCDay() + 6) % 7;
  return daysAhead(7 - today + day, time);
}
