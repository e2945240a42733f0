import { describe, expect } from 'vitest';
import { shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead } from '../support/product-company.ts';
import { card, goTo, mailsTo, until } from './steps.ts';

describe('mails', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('a file is asked for, its mail stopped by the link in it, and allowed again', async ({ stage }) => {
    const { company, outbox } = stage.product;
    const jane = await company.hire('customer', 'Jane Doe');
    const { appointmentIds } = await company.confirmedOrder({ customer: jane, staff: [], at: daysAhead(2) });
    const page = await stage.open({ as: jane });
    await page.goto(`/appointments/${appointmentIds[0]}`);
    await page.getByRole('button', { name: 'Send me the file' }).click();
    await page.getByText('E-mail is not set up here yet. Download the file instead.').waitFor();
    await shoot(page, 'appointment-send-file');
    await until(async () => (await mailsTo(outbox, jane.email)).length === 1);
    const [mail] = await mailsTo(outbox, jane.email);
    expect(mail?.attachments[0]?.filename).toBe(`appointment-${appointmentIds[0]}.ics`);

    // On another device, where nobody is signed in.
    const elsewhere = await stage.open();
    const [link = ''] = /http:\S+\/unsubscribe\/\S+/.exec(mail?.text ?? '') ?? [];
    await elsewhere.goto(link);
    await elsewhere
      .getByText('This stops calendar files that are asked for in your account.', { exact: false })
      .waitFor();
    await shoot(elsewhere, 'unsubscribe');
    await elsewhere.getByRole('button', { name: 'Stop these mails' }).click();
    await elsewhere.getByText('You won’t get these mails any more').waitFor();

    await goTo(page, 'Settings');
    // What was done elsewhere shows with the next look.
    await page.reload();
    const settings = card(page, 'E-mail');
    await settings.getByText('No e-mail is sent at present').waitFor();
    const wanted = (name: string): ReturnType<typeof settings.getByRole> => settings.getByRole('switch', { name });
    await expect.poll(() => wanted('Send me files that I ask for').isChecked()).toBe(false);
    expect(await wanted('Tell me when a calendar needs me').isChecked()).toBe(true);
    for (const name of ['Send me a file by e-mail when my appointments change', 'Weekly overview']) {
      expect(await wanted(name).isChecked()).toBe(false);
      await wanted(name).click();
      await expect.poll(() => wanted(name).isChecked()).toBe(true);
    }
    await shoot(page, 'settings-mails');
    await wanted('Send me files that I ask for').click();
    await expect
      .poll(async () => (await company.call(jane, 'GET', '/api/calendar/')).mails)
      .toEqual({
        calendar_trouble: true,
        appointment_files: true,
        appointment_changes: true,
        weekly_overview: true,
        team_absences: true,
        reschedule_requests: true,
        request_answers: true,
        delivery: 'outbox',
      });
  });

  test('whoever can set up a mail server is told where mails are meanwhile', async ({ stage }) => {
    const page = await stage.open({ as: stage.product.company.admin });
    await page.goto('/settings/calendar');
    const settings = card(page, 'E-mail');
    await settings.getByText('Mails are kept as files in DATA_DIR/outbox. Set SMTP_URL and MAIL_FROM').waitFor();
  });

  test('a link that was changed stops nothing, and says so', async ({ stage }) => {
    stage.expectFault(/status of 422.*\/api\/mails\/unsubscribe\//);
    const page = await stage.open();
    await page.goto('/unsubscribe?mails=weekly_overview#made-up');
    await page.getByRole('button', { name: 'Stop these mails' }).click();
    await page.getByRole('alert').getByText('Sign in and choose your mails').waitFor();
  });
});
