import { daysAhead } from '../../support/product-company.ts';
import { card, eventsOf, googleCard } from '../steps.ts';
import { takeDownTo, takePart } from './camera.ts';
import { nextWeek } from './scene.ts';
import type { Studio } from './studio.ts';

const PATIENCE_MS = 60_000;

/** Each of them needs its owner, or had them do something. */
export async function pictureTroubles({ product, scene, enter }: Studio): Promise<void> {
  const { company, google } = product;
  const { ada, sarah, jane, visitId } = scene;
  const deleted = eventsOf(product, sarah).find(({ start }) => start.dateTime.startsWith(`${nextWeek(0)}T09:00`));
  google.remove(sarah.google, 'primary', deleted?.id ?? '');
  await company.call(sarah, 'POST', '/api/calendar/sync/');
  const page = await enter(sarah);
  await page.goto(`/appointments/${visitId}`);
  const calendars = card(page, 'Calendars');
  await calendars.getByText('You deleted it in your calendar').waitFor();
  await calendars.getByText('Why?').click();
  await takePart(page, 'deleted-event', calendars);

  const paul = await company.hire('customer', 'Paul Winter', undefined, 'paul@example.com');
  await company.connect(paul);
  await company.confirmedOrder({ customer: paul, at: daysAhead(1), rrule: 'FREQ=DAILY;COUNT=30' });
  await waitFor(() => eventsOf(product, paul).length === 30);
  for (const { id } of eventsOf(product, paul).slice(0, 14)) google.remove(paul.google, 'primary', id);
  await company.call(paul, 'POST', '/api/calendar/sync/');
  const asked = await enter(paul);
  await asked.goto('/settings/calendar');
  await googleCard(asked).getByText('Asks you', { exact: true }).waitFor();
  await takePart(asked, 'question', googleCard(asked));

  google.revokeGrant(sarah.google);
  await company.confirmedOrder({ customer: jane, staff: [sarah], at: `${nextWeek(9)}T09:00`, line1: '1 High Street' });
  await page.goto('/settings/calendar');
  await googleCard(page).getByText('Needs you', { exact: true }).waitFor();
  await takePart(page, 'needs-you', googleCard(page));

  const office = await enter(ada);
  await office.goto('/admin/calendar-health');
  const needsOwner = card(office, 'Connected calendars').getByRole('listitem').filter({ hasText: 'Needs its owner' });
  await needsOwner.first().waitFor();
  await takeDownTo(office, 'health', card(office, 'Events that could not be written'));
  await takePart(office, 'needs-owners', card(office, 'Connected calendars'));
}

async function waitFor(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('It did not become so');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
