import { card } from '../steps.ts';
import { take, takeDialog, takeDownTo, takePart } from './camera.ts';
import { nextWeek } from './scene.ts';
import type { Studio } from './studio.ts';

/** The board of a week needs its width. */
const BOARD = { width: 1180, height: 720 };

/** What managers and administrators plan with. */
export async function pictureOffice({ product, scene, enter }: Studio): Promise<void> {
  const { mark, ada, visitId } = scene;
  await product.company.connect(mark);
  const page = await enter(mark, BOARD);
  await card(page, 'Orders to confirm').getByText('1 waiting').waitFor();
  await takeDownTo(page, 'today-manager', card(page, 'Your calendar'));
  await page.goto(`/team?week=${nextWeek(0)}`);
  await page.getByText('Sarah Miller').first().waitFor();
  await takeDownTo(page, 'team-week', page.getByRole('table'));
  await page.getByRole('button', { name: /^Move Window cleaning – Rosa Lopez/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Who' }).click();
  await page.getByRole('option', { name: 'Lena Novak' }).click();
  await dialog.getByText('Free at that time.').waitFor();
  await takeDialog(page, 'move-visit');
  await page.goto(`/appointments/${visitId}`);
  await card(page, 'Calendars').getByText('In the calendar').nth(1).waitFor();
  await takePart(page, 'in-whose-calendars', card(page, 'Calendars'));

  const office = await enter(ada);
  await office.goto('/people');
  await office.getByText('Sarah Miller').first().waitFor();
  await take(office, 'people');
  await office.goto('/admin/calendar-health');
  const google = card(office, 'Google Calendar');
  await google.getByRole('button', { name: 'Check credentials' }).click();
  await google.getByText('Accepted', { exact: true }).waitFor();
  await takePart(office, 'credentials', google);
}
