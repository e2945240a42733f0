import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { shootAtEachSize, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead } from '../support/product-company.ts';
import { card, eventsOf, goTo, mailsTo, until } from './steps.ts';

function rowOf(calendars: Locator, name: string): Locator {
  return calendars.getByRole('listitem').filter({ hasText: name });
}

describe('calendar health', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('what is wrong is seen and mended', async ({ stage }) => {
    const { product } = stage;
    const { company, google, outbox } = product;
    const sarah = await company.hire('staff', 'Sarah Miller');
    const tom = await company.hire('staff', 'Tom Reed');
    const jane = await company.hire('customer', 'Jane Doe');
    await company.connect(sarah);
    await company.connect(tom);
    await company.connect(jane);
    await company.confirmedOrder({ customer: jane, staff: [sarah, tom], at: daysAhead(2) });
    await until(() => [sarah, tom, jane].every((person) => eventsOf(product, person).length === 1));
    google.revokeGrant(sarah.google);
    google.faults.add({
      match: { account: tom.google, operation: 'events.insert' },
      action: { kind: 'answer', status: 400, reason: 'invalid' },
    });
    await company.confirmedOrder({ customer: jane, staff: [sarah, tom], at: daysAhead(3) });
    await until(async () => (await company.call(company.admin, 'GET', '/api/admin/sync/')).failing.length === 1);
    await until(async () => (await company.call(company.admin, 'GET', '/api/admin/sync/')).needs_owner === 1);
    await until(async () => (await company.call(company.admin, 'GET', '/api/admin/sync/')).lag.events >= 4);

    const page = await stage.open({ as: company.admin });
    await page.goto('/');
    await goTo(page, 'Health');
    await page.getByRole('heading', { level: 1, name: 'Calendar health' }).waitFor();
    await page.getByRole('status').getByText('1 event can’t be written').waitFor();
    const calendars = card(page, 'Connected calendars');
    await rowOf(calendars, 'Jane Doe').getByText('Connected', { exact: true }).waitFor();
    await shootAtEachSize(page, 'calendar-health');

    await calendars.getByLabel('Name or e-mail').fill('SARAH');
    await expect.poll(() => calendars.getByRole('listitem').count()).toBe(1);
    await rowOf(calendars, 'Sarah Miller').waitFor();
    await calendars.getByLabel('Name or e-mail').fill('');
    await rowOf(calendars, 'Jane Doe').waitFor();

    // The owner is asked by mail, once a day.
    await calendars.getByLabel('State').selectOption('Needs its owner');
    await rowOf(calendars, 'Sarah Miller').getByText('Needs its owner', { exact: true }).waitFor();
    await expect.poll(() => calendars.getByRole('listitem').count()).toBe(1);
    expect(new URL(page.url()).searchParams.get('state')).toBe('needs_owner');
    await until(async () => (await mailsTo(outbox, sarah.email)).length === 1);
    await calendars.getByRole('checkbox', { name: 'Choose all that need their owner (1)' }).check();
    await calendars.getByRole('button', { name: 'Ask 1 owner to reconnect' }).click();
    await page.getByText('1 reminder written, but not sent').waitFor();
    await until(async () =>
      (await mailsTo(outbox, sarah.email)).some(({ subject }) => subject?.startsWith('Reminder: ')),
    );
    await rowOf(calendars, 'Sarah Miller')
      .getByText('Reminder written just now, but not sent.', { exact: false })
      .waitFor();
    await calendars.getByRole('checkbox', { name: /^Choose Sarah Miller/ }).check();
    await calendars.getByRole('button', { name: 'Ask 1 owner to reconnect' }).click();
    await page.getByText('Its owner was reminded within the last 24 hours.', { exact: false }).waitFor();

    // What a service refused is tried again.
    const failing = card(page, 'Events that could not be written');
    await failing.getByRole('button', { name: 'Show the 1 event, Google Calendar' }).click();
    await failing.getByRole('link', { name: /^Deep clean #/ }).waitFor();
    await shootAtEachSize(page, 'calendar-health-failing');
    await failing.getByRole('button', { name: 'Retry 1 event, Google Calendar' }).click();
    await until(() => eventsOf(product, tom).length === 2);
    await failing.getByText('None. Every event is in its calendar or on its way.').waitFor();

    // Nothing is written while a service is paused, and everything once it goes on.
    const service = card(page, 'Google Calendar');
    await service.getByRole('button', { name: 'Check credentials' }).click();
    await service.getByText('Accepted', { exact: true }).waitFor();
    await service.getByRole('button', { name: 'Pause Google Calendar' }).click();
    const yes = page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true });
    // A pause that fails is told once, in the question.
    stage.expectFault(/status of 503.*\/pause\//);
    await page.route('**/api/admin/providers/google/pause/', (route) => route.fulfill({ status: 503 }), { times: 1 });
    await yes.click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(await page.getByText('That didn’t work', { exact: true }).count()).toBe(1);
    await yes.click();
    await service.getByText('Paused', { exact: true }).waitFor();
    await page.getByRole('status').getByText('Google Calendar paused').waitFor();
    await company.confirmedOrder({ customer: jane, at: daysAhead(4) });
    await until(
      async () => (await company.call(company.admin, 'GET', '/api/admin/sync/')).providers[0].queue.held >= 2,
    );
    expect(eventsOf(product, jane)).toHaveLength(2);
    await shootAtEachSize(page, 'calendar-health-paused');
    await service.getByRole('button', { name: 'Resume Google Calendar' }).click();
    await until(() => eventsOf(product, jane).length === 3);
    await service.getByText('Working', { exact: true }).waitFor();

    // One calendar alone, too.
    await calendars.getByLabel('State').selectOption('All states');
    await calendars.getByRole('button', { name: /^Pause Tom Reed/ }).click();
    await rowOf(calendars, 'Tom Reed').getByText('Paused', { exact: true }).waitFor();
    await calendars.getByRole('button', { name: /^Resume Tom Reed/ }).click();
    await rowOf(calendars, 'Tom Reed').getByText('Connected', { exact: true }).waitFor();

    const outlook = card(page, 'Outlook');
    await outlook.getByLabel('Client secret ends on').fill(daysAhead(10).slice(0, 10));
    await outlook.getByRole('button', { name: 'Save day' }).click();
    await outlook.getByText('Secret ends in 10 days', { exact: true }).waitFor();
    await shootAtEachSize(page, 'calendar-health-secret');
  });

  test('only administrators get there', async ({ stage }) => {
    const manager = await stage.product.company.hire('manager', 'Mia Stone');
    const page = await stage.open({ as: manager });
    await page.goto('/admin/calendar-health');
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    expect(await page.getByRole('link', { name: 'Health' }).count()).toBe(0);
  });
});
