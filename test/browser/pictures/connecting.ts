import { allow, card, eventsOf, goToConsent, googleCard } from '../steps.ts';
import { ITS_ADDRESS, take, takeDialog, takeDownTo, takePart } from './camera.ts';
import { nextWeek } from './scene.ts';
import type { Studio } from './studio.ts';

/** Seven days, from morning to evening. */
const WHOLE_WEEK = { width: 1200, height: 800 };

/** What somebody sees who has connected nothing yet. */
export async function pictureOffers({ scene: { nina }, enter, caldav }: Studio): Promise<void> {
  const page = await enter(nina);
  await page.goto('/settings/calendar');
  await takePart(page, 'connect-google', googleCard(page));
  await takePart(page, 'connect-outlook', card(page, 'Outlook'));

  const byPassword = card(page, 'Connect');
  await page.getByRole('button', { name: 'Connect with an app password' }).click();
  await byPassword.getByLabel('Apple Account (e-mail address)').fill('nina.park@icloud.example');
  await byPassword.getByLabel('App password', { exact: true }).fill('abcd-efgh-ijkl-mnop');
  await takePart(page, 'connect-apple', byPassword);
  await byPassword.getByRole('combobox', { name: 'Calendar service' }).click();
  await page.getByRole('option', { name: 'Another server' }).click();
  await byPassword.getByLabel('Server or e-mail address').fill(caldav.url);
  await byPassword.getByLabel('User name').fill(caldav.user);
  await byPassword.getByLabel('App password', { exact: true }).fill(caldav.password);
  await byPassword.getByRole('button', { name: 'Sign in' }).click();
  await byPassword.getByRole('radiogroup').waitFor();
  await takePart(page, 'choose-calendar', byPassword);
  await byPassword.getByRole('button', { name: 'Back' }).click();
  await byPassword.getByRole('button', { name: 'Cancel' }).click();

  await page.getByLabel('Name of the calendar').fill('My cleanings');
  await page.getByRole('button', { name: 'Make an address' }).click();
  await page.getByRole('textbox', { name: 'Secret address' }).waitFor();
  const subscribe = card(page, 'Subscribe');
  await takePart(
    page,
    'subscribe',
    subscribe.getByRole('heading'),
    subscribe.getByRole('list', { name: 'Your addresses' }),
  );
  await page.goto('/settings/calendar?error=admin_consent_required&provider=outlook');
  await takePart(page, 'ask-administrator', page.getByRole('alert'));
}

/** From the consent to all that the settings hold, and the calendar itself. */
export async function pictureConnecting({ product, scene: { sarah, mark }, enter }: Studio): Promise<void> {
  const page = await enter(sarah);
  await goToConsent(page, sarah);
  await allow(page);
  const google = googleCard(page);
  await google.getByText('Connected', { exact: true }).waitFor();
  await page.getByText('events were added').first().waitFor();
  // The note about the outcome goes with a reload.
  await page.goto('/settings/calendar');
  await google.getByText('Connected', { exact: true }).waitFor();
  await takeDownTo(page, 'settings-calendar', google);

  await google.getByRole('button', { name: 'Use another calendar' }).click();
  await google.getByRole('radio', { name: 'Into a calendar of their own' }).check();
  await takePart(page, 'another-calendar', google);
  await google.getByRole('button', { name: 'Leave them' }).click();
  await google.getByRole('button', { name: 'Disconnect' }).click();
  await takeDialog(page, 'disconnect');
  await page.getByRole('button', { name: 'Keep it connected' }).click();
  await google.getByRole('button', { name: 'Pause' }).click();
  await google.getByText('You have paused this calendar.', { exact: false }).waitFor();
  await takePart(page, 'paused', google);
  await google.getByRole('button', { name: 'Resume' }).click();
  await google.getByText('Connected', { exact: true }).waitFor();

  const preferences = card(page, 'Preferences');
  await preferences.getByRole('combobox', { name: 'Remind me' }).click();
  await page.getByRole('option', { name: '1 hour before' }).click();
  await page.getByText('Reminder saved').waitFor();
  await takePart(page, 'preferences', preferences);
  await takePart(page, 'emails', card(page, 'E-mail'));
  await card(page, 'Activity').getByText('You let this calendar go on').waitFor();
  await takePart(page, 'activity', card(page, 'Activity'));

  const week = `/calendar/${encodeURIComponent(sarah.google)}?week=${nextWeek(0)}`;
  await page.setViewportSize(WHOLE_WEEK);
  await page.goto(`${product.google.url}${week}`);
  await page
    .getByText(eventsOf(product, sarah)[0]?.summary ?? '')
    .first()
    .waitFor();
  await take(page, 'calendar-week');

  const office = await enter(mark);
  // The example has a link to a visit.
  await office.route('**/api/calendar/preview/', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll(product.webUrl, ITS_ADDRESS) });
  });
  await office.goto('/settings/calendar');
  const preview = card(office, 'What your events look like');
  await preview.getByText('Staff', { exact: true }).click();
  await preview.getByText('Access: Key safe by the door', { exact: false }).waitFor();
  await takePart(office, 'preview', preview);
}
