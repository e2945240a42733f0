import { card } from '../steps.ts';
import { PHONE, take, takeDialog, takeDownTo, takePart } from './camera.ts';
import { nextWeek } from './scene.ts';
import type { Studio } from './studio.ts';

/** So wide that the menu at the right lies over nothing. */
const BESIDE_THE_PAGE = { width: 1600, height: 720 };

/** What customers and cleaners do with their visits, and with their accounts. */
export async function pictureVisits(studio: Studio): Promise<void> {
  await pictureCustomer(studio);
  await pictureCleaner(studio);
}

async function pictureCustomer({ product, scene: { jane, visitId }, enter }: Studio): Promise<void> {
  const { company } = product;
  await company.connect(jane);
  await company.order({ customer: jane, at: `${nextWeek(7)}T11:00`, line1: '1 High Street' });
  const page = await enter(jane);
  await card(page, 'Your calendar').getByText('Your visits are in Google Calendar.', { exact: false }).waitFor();
  await takeDownTo(page, 'today-customer', card(page, 'Waiting for our confirmation'));
  await page.goto(`/appointments/${visitId}`);
  await card(page, 'Calendars').getByText('In the calendar').waitFor();
  await takeDownTo(page, 'visit', card(page, 'Calendars'));

  await page.getByRole('button', { name: 'Ask for another time' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask for another time' });
  const first = dialog.getByRole('group', { name: 'First choice' });
  await first.getByLabel('Day').fill(nextWeek(1));
  await first.getByLabel('Starts at').fill('13:00');
  await dialog.getByLabel('Note (optional)').fill('I am at home in the afternoon');
  await takeDialog(page, 'another-time');
  await dialog.getByRole('button', { name: 'Send the wish' }).click();
  await card(page, 'You asked for another time').getByText('Waits for an answer').waitFor();

  await page.goto('/orders/new');
  await page.getByRole('combobox', { name: 'Service' }).click();
  await page.getByRole('option', { name: /^Regular clean/ }).click();
  await page.getByRole('textbox', { name: 'Day' }).fill(nextWeek(2));
  await page.getByLabel('Starts at').fill('09:30');
  await page.getByRole('combobox', { name: 'Repeats' }).click();
  await page.getByRole('option', { name: 'Every 2 weeks' }).click();
  await takePart(page, 'book', card(page, 'What'), card(page, 'When'));
}

async function pictureCleaner({ scene: { sarah, tom }, enter }: Studio): Promise<void> {
  const page = await enter(sarah, PHONE);
  await page.goto(`/my-day?day=${nextWeek(0)}`);
  await page.getByText('Key safe 4411', { exact: false }).first().waitFor();
  await take(page, 'my-day');
  await page.getByRole('button', { name: 'I’m ill' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why (optional)').fill('Fever');
  await takeDialog(page, 'call-in-sick');

  const account = await enter(tom, BESIDE_THE_PAGE);
  await account.goto('/settings/account');
  await takePart(account, 'account', card(account, 'About you'), card(account, 'E-mail'));
  await account.getByRole('button', { name: 'Account of Tom King' }).click();
  await takePart(account, 'language', account.getByRole('menu'), account.getByRole('button', { name: /^Account of/ }));
}
