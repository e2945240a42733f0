import { describe, expect } from 'vitest';
import { shoot, shootAtEachSize, SIZES, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead } from '../support/product-company.ts';
import { allow, card, eventsOf, following, goTo, googleCard, seeConnected, until } from './steps.ts';

describe('when something goes wrong', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test.for(SIZES)(
    'a calendar that was taken away asks its owner back, on the $size',
    async ({ viewport }, { stage }) => {
      const { product } = stage;
      const { company, google } = product;
      const sarah = await company.hire('staff', 'Sarah Miller');
      const jane = await company.hire('customer', 'Jane Doe');
      await company.connect(sarah);
      const wish = { customer: jane, staff: [sarah] };
      const { appointmentIds } = await company.confirmedOrder({ ...wish, at: daysAhead(2) });
      await until(() => eventsOf(product, sarah).length === 1);

      google.revokeGrant(sarah.google);
      await company.confirmedOrder({ ...wish, at: daysAhead(6) });
      await until(
        async () => (await company.call(sarah, 'GET', '/api/calendar/')).connections[0].status === 'reauth_required',
      );
      const page = await stage.open({ as: sarah, viewport });
      await page.goto('/appointments');
      const banner = page.getByRole('region', { name: 'Calendar needs you' });
      await banner.waitFor();
      await shoot(page, 'reauth-banner');
      await page.goto(`/appointments/${appointmentIds[0]}`);
      await banner.waitFor();
      await banner.getByRole('link', { name: 'Go to calendar settings' }).click();
      await googleCard(page).getByText('Needs you', { exact: true }).waitFor();
      await shoot(page, 'reauth-settings');
      await googleCard(page).getByRole('button', { name: 'Reconnect Google Calendar' }).click();
      // Google is told whose account it is and has nothing to ask for but the consent.
      await page.getByText(sarah.google, { exact: true }).waitFor();
      await allow(page);
      await seeConnected(page);
      await until(() => eventsOf(product, sarah).length === 2);
      await goTo(page, 'Appointments');
      await page.getByRole('heading', { level: 1, name: 'My appointments' }).waitFor();
      expect(await banner.count()).toBe(0);
    },
  );

  test('the first filling shows how far it is', async ({ stage }) => {
    const { company, google } = stage.product;
    const emil = await company.hire('customer', 'Emil Berg');
    await company.confirmedOrder({ customer: emil, at: daysAhead(1), rrule: 'FREQ=DAILY;COUNT=120' });
    google.faults.add({
      match: { account: emil.google, operation: 'batch' },
      action: { kind: 'latency', ms: 3000 },
      times: 'until-cleared',
    });
    const page = await stage.open({ as: emil });
    await company.connect(emil);
    await page.goto('/settings/calendar');
    await googleCard(page)
      .getByText(/^\d+ of 120 appointments added$/)
      .waitFor();
    await googleCard(page).getByRole('progressbar', { name: 'Appointments added to your calendar' }).waitFor();
    await googleCard(page)
      .getByText(/^[1-9]\d* of 120 appointments added$/)
      .waitFor();
    await shootAtEachSize(page, 'backfill-settings');
    google.faults.clear();
    await googleCard(page).getByText('Connected', { exact: true }).waitFor();
    expect(eventsOf(stage.product, emil)).toHaveLength(120);
    await shootAtEachSize(page, 'backfill-done-settings');
  });

  test.for(SIZES)('an event that Google refuses can be tried again, on the $size', async ({ viewport }, { stage }) => {
    const { company, google } = stage.product;
    const rosa = await company.hire('customer', 'Rosa Lopez');
    await company.connect(rosa);
    google.faults.add({
      match: { account: rosa.google, operation: 'events.insert' },
      action: { kind: 'answer', status: 400, reason: 'invalid' },
      times: 'until-cleared',
    });
    const { appointmentIds } = await company.confirmedOrder({ customer: rosa, at: daysAhead(2) });
    const page = await stage.open({ as: rosa, viewport });
    await page.goto(`/appointments/${appointmentIds[0]}`);
    const calendars = card(page, 'Calendars');
    await calendars.getByText('Could not be written').waitFor();
    await shoot(page, 'event-refused-appointment');
    await goTo(page, 'Settings');
    await googleCard(page).getByText('Some events missing').waitFor();
    await shoot(page, 'event-refused-settings');
    google.faults.clear();
    await page.goBack();
    await calendars.getByRole('button', { name: 'Retry' }).click();
    await calendars.getByText('In the calendar').waitFor();
    expect(eventsOf(stage.product, rosa)).toHaveLength(1);
    await shoot(page, 'event-refused-retried');
  });

  test('an event that its owner deleted stays away until they bring it back', async ({ stage }) => {
    const { product } = stage;
    const { company, google } = product;
    const omar = await company.hire('customer', 'Omar Haddad');
    await company.connect(omar);
    const { appointmentIds } = await company.confirmedOrder({ customer: omar, at: daysAhead(2) });
    await until(() => eventsOf(product, omar).length === 1);
    const page = await stage.open({ as: omar });
    await page.goto('/settings/calendar');
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page.getByText('Looking again at everything').waitFor();
    google.remove(omar.google, 'primary', eventsOf(product, omar)[0]?.id ?? '');

    // Seen at the next change, and not undone by one that moves nothing.
    const { call } = company;
    const path = `/api/appointments/${appointmentIds[0]}/`;
    await call(company.admin, 'PATCH', path, { notes: 'Ring twice' });
    await until(async () => (await call(omar, 'GET', `${path}calendars/`)).items[0].state === 'suppressed');
    expect(eventsOf(product, omar)).toEqual([]);
    await page.goto(`/appointments/${appointmentIds[0]}`);
    const calendars = card(page, 'Calendars');
    await calendars.getByText('You deleted it in your calendar').waitFor();
    await shootAtEachSize(page, 'event-deleted-appointment');
    await calendars.getByRole('button', { name: 'Put it back into my calendar' }).click();
    await calendars.getByText('In the calendar').waitFor();
    expect(eventsOf(product, omar)).toHaveLength(1);
  });

  test.for(SIZES)('without a connection the page says so, on the $size', async ({ viewport }, { stage }) => {
    stage.expectFault(/ERR_INTERNET_DISCONNECTED/);
    // The part of the app for this page could not be fetched; React and the router tell the console so.
    stage.expectFault(/We can’t reach VALClean right now|Error in route match/);
    const { company } = stage.product;
    const page = await stage.open({ as: company.admin, viewport });
    await page.goto('/appointments');
    await page.getByRole('heading', { level: 1, name: 'Appointments' }).waitFor();
    await page.context().setOffline(true);
    await goTo(page, 'Settings');
    await page.getByText('We can’t reach VALClean right now', { exact: false }).first().waitFor();
    await shoot(page, 'offline-settings');
    await page.context().setOffline(false);
    // By itself.
    await googleCard(page).getByText('Not connected').waitFor();
  });

  test.for(['/appointments/abc', '/appointments/99999999999999999999', '/orders/0', '/orders/-1'])(
    'nothing is found at %s, and nothing else is wrong',
    async (path, { stage }) => {
      stage.expectFault(/404/);
      const page = await stage.open({ as: stage.product.company.admin });
      await page.goto(path);
      await page.getByText(/^There is no such (appointment|order)$/).waitFor();
    },
  );

  test('a page that was first opened without a connection is there when somebody comes back to it', async ({
    stage,
  }) => {
    stage.expectFault(/ERR_INTERNET_DISCONNECTED/);
    stage.expectFault(/We can’t reach VALClean right now|Error in route match/);
    const page = await stage.open({ as: stage.product.company.admin });
    await page.goto('/orders');
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    await page.context().setOffline(true);
    await goTo(page, 'Services');
    await page.getByText('We can’t reach VALClean right now', { exact: false }).first().waitFor();
    await goTo(page, 'Orders');
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    await page.context().setOffline(false);
    await page
      .getByRole('status', { name: 'Connection' })
      .getByText('offline', { exact: false })
      .waitFor({ state: 'detached' });
    await goTo(page, 'Services');
    await page.getByRole('heading', { level: 1, name: 'Services' }).waitFor();
  });

  test('what could not be saved without a connection is not saved later', async ({ stage }) => {
    stage.expectFault(/ERR_INTERNET_DISCONNECTED/);
    const { company } = stage.product;
    const manager = await company.hire('manager', 'Mark Weber');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const jane = await company.hire('customer', 'Jane Doe');
    const wish = { customer: jane, staff: [sarah] };
    const { appointmentIds } = await company.confirmedOrder({ ...wish, at: daysAhead(2) });
    const { appointmentIds: otherIds } = await company.confirmedOrder({ ...wish, at: daysAhead(3) });
    const path = `/api/appointments/${appointmentIds[0]}/`;
    const before = await company.call(company.admin, 'GET', path);
    const page = await stage.open({ as: manager });
    await page.goto('/appointments');
    await page.locator(`a[href="/appointments/${appointmentIds[0]}"]`).click();
    await page.getByRole('button', { name: 'Reschedule' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reschedule' });
    await dialog.getByLabel('Starts at').fill('14:30');
    await page.context().setOffline(true);
    const notice = page.getByRole('status', { name: 'Connection' });
    await notice.getByText('You are offline. Nothing can be saved until the connection is back.').waitFor();
    await dialog.getByRole('button', { name: 'Save the new time' }).click();
    await dialog.getByText('You are offline. Nothing was saved; try again when the connection is back.').waitFor();
    expect(await dialog.getByLabel('Starts at').inputValue()).toBe('14:30');
    await shootAtEachSize(page, 'offline-save');
    await dialog.getByRole('button', { name: 'Keep as it is' }).click();
    await goTo(page, 'Appointments');
    await page.locator(`a[href="/appointments/${otherIds[0]}"]`).click();
    await page.getByRole('main').getByText('This will be loaded as soon as the connection is back.').first().waitFor();
    const sent: string[] = [];
    page.on('request', (request) => void (request.method() === 'GET' || sent.push(request.url())));
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Reschedule' }).waitFor();
    await expect.poll(() => notice.innerText()).toBe('');
    expect(sent).toEqual([]);
    expect(await company.call(company.admin, 'GET', path)).toMatchObject({
      starts_at: before.starts_at,
      version: before.version,
    });
  });

  test('who saves over what somebody else changed meanwhile is told first', async ({ stage }) => {
    stage.expectFault(/status of 409/);
    const { company } = stage.product;
    const jane = await company.hire('customer', 'Jane Doe');
    const { appointmentIds } = await company.confirmedOrder({ customer: jane, at: daysAhead(2) });
    const path = `/api/appointments/${appointmentIds[0]}/`;
    const { starts_at: startsAt } = await company.call(company.admin, 'GET', path);
    const page = await stage.open({ as: company.admin });
    await following(page, () => page.goto(`/appointments/${appointmentIds[0]}`));
    await page.getByRole('button', { name: 'Reschedule' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reschedule' });
    await dialog.getByLabel('Starts at').fill('14:30');
    await company.call(company.admin, 'PATCH', path, {
      starts_at: startsAt.replace('T09:00', 'T11:00'),
      arrival_window_minutes: 45,
    });
    // The page behind knows already; the dialog still speaks of what was there when it opened.
    await page.getByText(/11:00/).first().waitFor();
    await dialog.getByRole('button', { name: 'Save the new time' }).click();
    await dialog.getByText('Someone changed this meanwhile').waitFor();
    await dialog.getByText(/Scheduled · .*11:00/).waitFor();
    expect(await dialog.getByLabel('Starts at').inputValue()).toBe('14:30');
    expect(await company.call(company.admin, 'GET', path)).toMatchObject({
      starts_at: startsAt.replace('T09:00', 'T11:00'),
    });
    await shootAtEachSize(page, 'changed-meanwhile');
    await dialog.getByRole('button', { name: 'Save the new time' }).click();
    await dialog.waitFor({ state: 'detached' });
    // What was not touched follows the other change.
    expect(await company.call(company.admin, 'GET', path)).toMatchObject({
      starts_at: startsAt.replace('T09:00', 'T14:30'),
      arrival_window_minutes: 45,
    });
  });

  test('an order that is cancelled over news is asked about again', async ({ stage }) => {
    stage.expectFault(/status of 409/);
    const { company } = stage.product;
    const jane = await company.hire('customer', 'Jane Doe');
    const { id: orderId } = await company.order({ customer: jane, at: daysAhead(2) });
    const page = await stage.open({ as: company.admin });
    await following(page, () => page.goto(`/orders/${orderId}`));
    await page.getByRole('button', { name: 'Cancel order' }).click();
    const dialog = page.getByRole('dialog');
    await company.call(company.admin, 'POST', `/api/orders/${orderId}/confirm/`);
    await page.getByRole('button', { name: 'Confirm order', includeHidden: true }).waitFor({ state: 'detached' });
    const yes = dialog.getByRole('button', { name: 'Cancel the order' });
    await yes.click();
    await dialog.getByText('Someone changed this meanwhile').waitFor();
    await dialog.getByText('Confirmed', { exact: true }).waitFor();
    await yes.click();
    await page.getByText('Order cancelled').waitFor();
  });

  test('an order that somebody else has confirmed a moment before is said to be confirmed', async ({ stage }) => {
    stage.expectFault(/status of 409/);
    const { company } = stage.product;
    const jane = await company.hire('customer', 'Jane Doe');
    const { id: orderId } = await company.order({ customer: jane, at: daysAhead(2) });
    const page = await stage.open({ as: company.admin });
    await page.goto(`/orders/${orderId}`);
    // On the way there somebody else is quicker.
    await page.route('**/confirm/', async (route) => {
      await company.call(company.admin, 'POST', `/api/orders/${orderId}/confirm/`);
      await route.continue();
    });
    await page.getByRole('button', { name: 'Confirm order' }).click();
    await page.getByText('Somebody else has just confirmed this order').waitFor();
    await page.getByRole('button', { name: 'Confirm order' }).waitFor({ state: 'detached' });
    expect(await page.getByText('then confirm').count()).toBe(0);
  });

  test('an order that is confirmed with a double click is confirmed once', async ({ stage }) => {
    const { company } = stage.product;
    const jane = await company.hire('customer', 'Jane Doe');
    const { id: orderId } = await company.order({ customer: jane, at: daysAhead(2) });
    const page = await stage.open({ as: company.admin });
    await page.goto(`/orders/${orderId}`);
    let confirmed = 0;
    page.on('request', (request) => void (request.url().endsWith('/confirm/') && (confirmed += 1)));
    await page.getByRole('button', { name: 'Confirm order' }).waitFor();
    await page
      .getByRole('button', { name: 'Confirm order' })
      .evaluate((button) => [1, 2].forEach(() => (button as unknown as { click(): void }).click()));
    await page.getByText('Order confirmed').waitFor();
    await page.getByRole('button', { name: 'Confirm order' }).waitFor({ state: 'detached' });
    expect(confirmed).toBe(1);
    expect(await page.getByText('Someone changed this meanwhile').count()).toBe(0);
  });
});
