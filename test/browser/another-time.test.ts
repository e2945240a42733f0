import { describe, expect } from 'vitest';
import { PHONE, shoot, shootAtEachSize, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { card, eventsOf, mailsTo, until } from './steps.ts';

describe('a customer asks for another time', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('the office accepts one of the times, the calendar follows and a mail says so', async ({ stage }) => {
    stage.expectFault(/status of 422.*reschedule-request/);
    const { company, outbox } = stage.product;
    const manager = await company.hire('manager', 'Mark Weber');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const jane = await company.hire('customer', 'Jane Doe');
    const omar = await company.hire('customer', 'Omar Haddad');
    await company.connect(jane);
    const { appointmentIds } = await company.confirmedOrder({ customer: jane, staff: [sarah], at: '2027-06-08T09:00' });
    await company.confirmedOrder({ customer: omar, staff: [sarah], at: '2027-06-09T09:30' });
    await until(() => eventsOf(stage.product, jane).length === 1);

    const page = await stage.open({ as: jane, viewport: PHONE });
    await page.goto(`/appointments/${appointmentIds[0]}`);
    await page.getByRole('button', { name: 'Ask for another time' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ask for another time' });
    const choice = (name: string): ReturnType<typeof dialog.getByRole> => dialog.getByRole('group', { name });
    await choice('First choice').getByLabel('Day').fill('2027-06-09');
    await choice('First choice').getByLabel('Starts at').fill('09:00');
    await dialog.getByRole('button', { name: 'Another time that suits you' }).click();
    // The clocks go forward in that hour.
    await choice('Second choice').getByLabel('Day').fill('2027-03-28');
    await choice('Second choice').getByLabel('Starts at').fill('01:30');
    await dialog.getByLabel('Note (optional)').fill('The school is closed');
    await dialog.getByRole('button', { name: 'Send the wish' }).click();
    await dialog.getByText('There is no 01:30 on', { exact: false }).first().waitFor();
    await shoot(page, 'another-time-refused');
    await choice('Second choice').getByLabel('Day').fill('2027-06-10');
    await choice('Second choice').getByLabel('Starts at').fill('14:00');
    await dialog.getByRole('button', { name: 'Send the wish' }).click();
    await card(page, 'You asked for another time').getByText('Waits for an answer').waitFor();
    await shoot(page, 'another-time-waits');

    const office = await stage.open({ as: manager });
    await office.goto('/');
    await card(office, 'Requests to answer').getByText('1 waiting').waitFor();
    await shoot(office, 'another-time-today');
    await card(office, 'Requests to answer')
      .getByRole('link', { name: /Jane Doe/ })
      .click();
    const wish = card(office, 'The customer asks for another time');
    await wish.getByText('The school is closed').waitFor();
    await wish.getByText('Not free: Sarah Miller has Deep clean 09:30 – 11:30.').waitFor();
    await shootAtEachSize(office, 'another-time-office');
    await wish.getByRole('button', { name: /^Accept Thursday/ }).click();
    await office.getByText('The appointment is moved').waitFor();
    await wish.getByText('This one').waitFor();
    await until(() => eventsOf(stage.product, jane)[0]?.start.dateTime.includes('2027-06-10T14:00') === true);

    // Open pages follow by themselves.
    await card(page, 'You asked for another time').getByText('Accepted', { exact: true }).waitFor();
    await page
      .getByText(/Thursday,? 10 June 2027,? 14:00 – 16:00/)
      .first()
      .waitFor();
    await until(async () => (await mailsTo(outbox, jane.email)).length === 1);
    const [mail] = await mailsTo(outbox, jane.email);
    expect(mail?.subject).toMatch(/^New time as you wished: /);
  });

  test('the office declines with a reason, which the customer reads; another wish is withdrawn', async ({ stage }) => {
    const { company } = stage.product;
    const manager = await company.hire('manager', 'Mark Weber');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const jane = await company.hire('customer', 'Jane Doe');
    const { appointmentIds } = await company.confirmedOrder({ customer: jane, staff: [sarah], at: '2027-06-08T09:00' });
    const asking = `/api/appointments/${appointmentIds[0]}/reschedule-request/`;
    await company.call(jane, 'POST', asking, { proposals: ['2027-06-09T09:00:00'] });
    const office = await stage.open({ as: manager, viewport: PHONE });
    await office.goto(`/appointments/${appointmentIds[0]}`);
    await office.getByRole('button', { name: 'None of these' }).click();
    await office.getByRole('button', { name: 'Decline' }).click();
    await office.getByText('Say why, so that the customer can look for another time.').waitFor();
    await office.getByLabel('Why').fill('Everybody is busy then');
    await shoot(office, 'another-time-decline');
    await office.getByRole('button', { name: 'Decline' }).click();
    await card(office, 'The customer asks for another time').getByText('Declined').waitFor();

    const page = await stage.open({ as: jane });
    await page.goto(`/appointments/${appointmentIds[0]}`);
    await card(page, 'You asked for another time').getByText('Everybody is busy then').waitFor();
    await shoot(page, 'another-time-declined');
    await page.getByRole('button', { name: 'Ask for another time' }).click();
    await page.getByRole('group', { name: 'First choice' }).getByLabel('Day').fill('2027-06-11');
    await shoot(page, 'another-time-ask');
    await page.getByRole('button', { name: 'Send the wish' }).click();
    await page.getByRole('button', { name: 'Withdraw the wish' }).click();
    await page.getByText('Your wish is withdrawn').waitFor();
    await card(page, 'You asked for another time').waitFor({ state: 'detached' });
    await office.goto('/');
    await card(office, 'Requests to answer').getByText('Nobody asks for another time.').waitFor();
  });
});
