import ICAL from 'ical.js';
import fs from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead, type ProductPerson } from '../support/product-company.ts';
import type { Product } from '../support/product.ts';
import { allow, eventsOf, goTo, goToConsent, googleCard, seeConnected, signIn, syncLimitMs, until } from './steps.ts';

describe('from the order to the calendars', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('a confirmed order appears with everyone concerned, and follows every change', async ({ stage, annotate }) => {
    const { product, open } = stage;
    const { company } = product;
    const jane = await company.hire('customer', 'Jane Doe');
    const sarah = await company.hire('staff', 'Sarah Miller');
    const tom = await company.hire('staff', 'Tom King');
    const at = daysAhead(3);
    const notes = { notes: 'Ring twice', accessNotes: 'Key safe 4411' };
    const order = await company.order({ customer: jane, staff: [sarah], at, ...notes });

    const customerPage = await open();
    await signIn(customerPage, jane);
    await connect(customerPage, jane);
    await shoot(customerPage, 'settings-connected-toast');
    const staffPage = await open();
    await signIn(staffPage, sarah);
    await connect(staffPage, sarah);
    await company.connect(tom);

    const office = await open();
    await signIn(office, company.admin);
    await goTo(office, 'Orders');
    await office.getByRole('link', { name: `#${order.id}` }).click();
    await shoot(office, 'order-pending-admin');
    const confirm = office.getByRole('button', { name: 'Confirm order' });
    await confirm.waitFor();

    const clicked = performance.now();
    await confirm.click();
    await until(() => eventsOf(product, jane).length > 0 && eventsOf(product, sarah).length > 0);
    const tookMs = performance.now() - clicked;
    await annotate(`in the calendars ${Math.round(tookMs)} ms after the click`);
    expect(tookMs).toBeLessThan(syncLimitMs());
    await office.getByText('Order confirmed', { exact: true }).waitFor();
    await shoot(office, 'order-confirmed-admin');

    const [forJane] = eventsOf(product, jane);
    expect(forJane).toMatchObject({
      summary: 'VALClean: Deep clean',
      start: { dateTime: expect.stringContaining(at), timeZone: 'Europe/London' },
    });
    expect(forJane?.description).toContain('Your team: Sarah');
    expect(forJane?.description).toContain('Ring twice');
    expect(forJane?.description).not.toMatch(/Key safe|Miller/);
    const [forSarah] = eventsOf(product, sarah);
    expect(forSarah).toMatchObject({ summary: 'Deep clean – Jane Doe', start: forJane?.start });
    expect(forSarah?.description).toContain('Access: Key safe 4411');
    expect(forSarah?.description).toMatch(/Phone: 020 7946/);
    expect(forSarah?.description).not.toContain('GBP');
    await seeInCalendar(await open(), product, jane, at, 'VALClean: Deep clean');
    await seeInCalendar(await open(), product, sarah, at, 'Deep clean – Jane Doe');

    await office.getByRole('region', { name: 'Appointments' }).getByRole('link').click();
    await office.getByRole('heading', { level: 1, name: 'Deep clean' }).waitFor();
    await shoot(office, 'appointment-admin');
    const later = daysAhead(4, '13:30');
    await reschedule(office, later);
    await until(() => eventsOf(product, jane)[0]?.start.dateTime.includes(later));
    await until(() => eventsOf(product, sarah)[0]?.start.dateTime.includes(later));
    expect(eventsOf(product, jane).map((event) => event.id)).toEqual([forJane?.id]);
    expect(eventsOf(product, sarah).map((event) => event.id)).toEqual([forSarah?.id]);

    await assign(office, 'Tom King');
    await until(() => eventsOf(product, sarah).length === 0 && eventsOf(product, tom).length === 1);
    await until(() => eventsOf(product, jane)[0]?.description.includes('Your team: Tom'));
    expect(eventsOf(product, tom)[0]).toMatchObject({ summary: 'Deep clean – Jane Doe' });

    await office.getByRole('button', { name: 'Cancel appointment' }).click();
    await office.getByRole('dialog').getByRole('button', { name: 'Cancel the appointment' }).click();
    await until(() => eventsOf(product, jane).length === 0 && eventsOf(product, tom).length === 0);
    await office.getByText('Cancelled', { exact: true }).first().waitFor();
    await shoot(office, 'appointment-cancelled-admin');
  });

  test('disconnecting asks, removes the events and gives the access back', async ({ stage }) => {
    const { product, open } = stage;
    const { company, google } = product;
    const omar = await company.hire('customer', 'Omar Haddad');
    await company.confirmedOrder({ customer: omar, at: daysAhead(2) });
    const page = await open({ as: omar });
    await page.goto('/appointments');
    await connect(page, omar);
    await until(() => eventsOf(product, omar).length === 1);

    await googleCard(page).getByRole('button', { name: 'Disconnect' }).click();
    const question = page.getByRole('dialog', { name: 'Disconnect Google Calendar?' });
    await question.getByText('Our permission at Google is withdrawn as well', { exact: false }).waitFor();
    await question.getByRole('radio', { name: 'Remove them from my calendar' }).waitFor();
    await shoot(page, 'settings-disconnect-question');
    await question.getByRole('button', { name: 'Disconnect' }).click();
    await googleCard(page).getByText('Not connected').waitFor();
    expect(eventsOf(product, omar)).toEqual([]);
    expect(google.accounts().find(({ email }) => email === omar.google)).toMatchObject({ grantedScopes: [] });
    await googleCard(page).getByRole('button', { name: 'Connect Google Calendar' }).waitFor();
    await shoot(page, 'settings-not-connected');
  });

  test('the calendar file opens with the right local time', async ({ stage }) => {
    const { company } = stage.product;
    const rosa = await company.hire('customer', 'Rosa Lopez');
    const at = daysAhead(5, '08:15');
    const { appointmentIds } = await company.confirmedOrder({ customer: rosa, at, accessNotes: 'Alarm 2580' });
    const page = await stage.open({ as: rosa });
    await page.goto(`/appointments/${appointmentIds[0]}`);
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Calendar file (.ics)' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`appointment-${appointmentIds[0]}.ics`);

    const text = fs.readFileSync(await download.path(), 'utf8');
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
    expect(event.summary).toBe('VALClean: Deep clean');
    expect(event.startDate.toString()).toBe(`${at}:00`);
    expect(event.startDate.zone.tzid).toBe('Europe/London');
    expect(event.duration.toSeconds()).toBe(2 * 60 * 60);
    expect(text).not.toContain('Alarm');

    await page.getByRole('link', { name: /^#\d+$/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Order #' }).waitFor();
    const whole = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Calendar file (.ics)' }).click();
    expect((await whole).suggestedFilename()).toMatch(/^order-\d+\.ics$/);
  });
});

async function connect(page: Page, person: ProductPerson): Promise<void> {
  await goToConsent(page, person);
  await shoot(page, 'simulator-consent');
  await allow(page);
  await seeConnected(page);
}

async function seeInCalendar(
  page: Page,
  { google }: Product,
  person: ProductPerson,
  at: string,
  title: string,
): Promise<void> {
  await page.goto(`${google.url}/calendar/${encodeURIComponent(person.google)}?week=${at.slice(0, 10)}`);
  await page.getByRole('link', { name: title }).waitFor();
  await shoot(page, `simulator-week-${person.role}`);
}

async function reschedule(page: Page, to: string): Promise<void> {
  await page.getByRole('button', { name: 'Reschedule' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reschedule' });
  await dialog.getByLabel('Day').fill(to.slice(0, 10));
  await dialog.getByLabel('Starts at').fill(to.slice(11));
  await shoot(page, 'reschedule-dialog');
  // A slip is neither changed silently nor saved at once.
  const window = dialog.getByLabel('Arrival window in minutes');
  await window.fill('99999');
  await dialog.getByRole('button', { name: 'Save the new time' }).click();
  await dialog.getByText('Type a whole number from 0 to 1,440.').waitFor();
  expect(await window.inputValue()).toBe('99999');
  await window.fill('');
  await dialog.getByLabel('Day').fill('2020-01-01');
  await dialog.getByRole('button', { name: 'Save the new time' }).click();
  await dialog.getByText('This is in the past. Move it there all the same?').waitFor();
  await dialog.getByRole('button', { name: 'Yes, move it into the past' }).waitFor();
  await shoot(page, 'reschedule-past');
  await dialog.getByLabel('Day').fill(to.slice(0, 10));
  await dialog.getByRole('button', { name: 'Save the new time' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Replaces a team of one. */
async function assign(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Assign staff' }).click();
  const dialog = page.getByRole('dialog', { name: 'Assign staff' });
  const team = dialog.getByRole('combobox', { name: 'Team' });
  await team.click();
  await team.press('Backspace');
  await dialog.getByRole('option', { name }).click();
  await shoot(page, 'assign-dialog');
  await dialog.getByRole('button', { name: 'Save the team' }).click();
  await dialog.waitFor({ state: 'hidden' });
}
