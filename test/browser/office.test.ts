import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { DESKTOP, PHONE, shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead } from '../support/product-company.ts';
import { eventsOf, goTo, until } from './steps.ts';

/** How many choices of the open list lie on top where they stand. */
const CHOICES_IN_SIGHT = `[...document.querySelectorAll('[role=dialog] [role=option]')].filter((option) => {
  const { x, y, width, height } = option.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2)?.closest('[role=option]') === option;
}).length`;

describe('the office finds its way', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('whom a visit may be given to is seen in full, whatever the size of the dialog', async ({ stage }) => {
    const { company } = stage.product;
    const manager = await company.hire('manager', 'Mona Reed');
    const team = ['Tom King', 'Lena Novak', 'Ben Stone', 'Eve Black'];
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    for (const name of team) await company.hire('staff', name, manager);
    const jane = await company.hire('customer', 'Jane Doe');
    const { appointmentIds } = await company.confirmedOrder({ customer: jane, staff: [sarah], at: daysAhead(2) });
    const page = await stage.open({ as: manager, viewport: PHONE, reducedMotion: 'no-preference' });
    await page.goto(`/appointments/${appointmentIds[0]}`);
    await page.getByRole('button', { name: 'Assign staff' }).click();
    const dialog = page.getByRole('dialog', { name: 'Assign staff' });
    await dialog.getByRole('combobox', { name: 'Team' }).click();
    // Without scrolling the dialog: a list that is cut off shows one.
    await expect.poll(() => page.evaluate(CHOICES_IN_SIGHT)).toBeGreaterThanOrEqual(3);
    await shoot(page, 'assign-choices');
  });

  test('an administrator adds a cleaner, who signs in; deactivated, they can no more', async ({ stage }) => {
    const { product, open } = stage;
    const page = await open({ as: product.company.admin });
    await page.goto('/');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' }).click();
    await page.getByRole('button', { name: 'Add a person' }).click();
    const form = page.getByRole('dialog', { name: 'Add a person' });
    await form.getByLabel('Name').fill('Nora Quinn');
    await form.getByLabel('E-mail').fill('nora@valclean.example');
    await form.getByLabel('Phone (optional)').fill('not a phone');
    const add = form.getByRole('button', { name: 'Add the person' });
    await page.setViewportSize({ width: 1280, height: 500 });
    expect(await isWhole(page, add)).toBe(true);
    await page.setViewportSize(DESKTOP);
    await add.click();
    await form.getByText('Type a phone number such as +44 20 7946 0123.').waitFor();
    await form.getByLabel('Phone (optional)').fill('020 7946 0123');
    const password = await form.getByLabel('First password').inputValue();
    expect(password.length).toBeGreaterThanOrEqual(16);
    await add.click();
    await page.getByRole('dialog', { name: 'Nora Quinn can sign in now' }).waitFor();
    await shoot(page, 'person-made');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Staff · no manager').waitFor();

    const nora = await open();
    await nora.goto('/sign-in');
    await nora.getByRole('textbox', { name: 'E-mail' }).fill('nora@valclean.example');
    await nora.getByLabel('Password', { exact: true }).fill(password);
    await nora.getByRole('button', { name: 'Sign in' }).click();
    await nora.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await nora.getByText('Nothing is planned for you.', { exact: false }).waitFor();
    expect(await nora.getByRole('link', { name: 'People' }).count()).toBe(0);
    await nora.goto('/people');
    await nora.getByRole('heading', { level: 1, name: 'Today' }).waitFor();

    // Her page would ask on and be refused.
    await nora.context().close();

    await page.getByRole('button', { name: 'Edit Nora Quinn' }).click();
    await page.getByRole('button', { name: 'Deactivate this account' }).click();
    await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await page.getByText('Nora Quinn’s account is changed.').waitFor();
    await page.getByRole('button', { name: 'Edit Nora Quinn' }).waitFor({ state: 'detached' });
    await page.getByRole('switch', { name: 'Show deactivated' }).click();
    await page.getByText('Deactivated', { exact: true }).waitFor();
  });

  test('the first page says what waits, and connects a calendar with one click', async ({ stage }) => {
    const { product, open } = stage;
    const { company } = product;
    const manager = await company.hire('manager', 'Mark Weber');
    const customer = await company.hire('customer', 'Jane Doe');
    await company.order({ customer, at: daysAhead(3) });
    await company.confirmedOrder({ customer, at: daysAhead(2) });
    const page = await open({ as: manager });
    await page.goto('/');
    await page.getByRole('region', { name: 'Orders to confirm' }).getByText('1 waiting').waitFor();
    await page.getByRole('region', { name: 'Needs staff' }).getByText('1 visit').waitFor();
    await shoot(page, 'today-manager');
    await page.getByRole('button', { name: 'Connect Google Calendar' }).click();
    await page.getByRole('link', { name: manager.google }).click();
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('Google Calendar connected').waitFor();
    await goTo(page, 'Today');
    await page.getByText('Your visits are in Google Calendar.', { exact: false }).waitFor();
    expect(eventsOf(product, manager)).toEqual([]);
    await page.getByRole('region', { name: 'Orders to confirm' }).getByRole('link').click();
    await page.getByRole('button', { name: 'Confirm order' }).click();
    await until(() => page.getByText('Order confirmed').isVisible());
  });

  test('notes are changed; what is for the office stays there', async ({ stage }) => {
    const { product, open } = stage;
    const { company } = product;
    const manager = await company.hire('manager', 'Mark Weber');
    const sarah = await company.hire('staff', 'Sarah Miller', manager);
    const jane = await company.hire('customer', 'Jane Doe');
    await Promise.all([manager, jane].map((person) => company.connect(person)));
    const { appointmentIds } = await company.confirmedOrder({ customer: jane, staff: [sarah], at: daysAhead(2) });
    const text = (person: typeof jane): string => eventsOf(product, person)[0]?.description ?? '';
    await until(() => text(jane) !== '' && text(manager) !== '');
    const page = await open({ as: manager });
    await page.goto(`/appointments/${appointmentIds[0]}`);
    await page.getByRole('button', { name: 'Edit notes' }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit notes' });
    await dialog.getByRole('textbox', { name: 'Notes', exact: true }).fill('The bell is broken, please knock');
    await dialog.getByRole('textbox', { name: 'Internal notes' }).fill('Pays late');
    await shoot(page, 'edit-notes');
    await dialog.getByRole('button', { name: 'Save the notes' }).click();
    await page.getByText('Notes saved').waitFor();
    await page.getByText('Pays late').waitFor();
    await until(() => text(jane).includes('please knock') && text(manager).includes('Pays late'));
    expect(text(jane)).not.toContain('Pays late');

    stage.expectFault(/status of 409.*\/api\/appointments\//);
    // Who opened them before somebody else saved does not write over that.
    await page.getByRole('button', { name: 'Edit notes' }).click();
    await company.call(manager, 'PATCH', `/api/appointments/${appointmentIds[0]}/`, { notes: 'Ring at number 3' });
    await page.getByText('Ring at number 3').waitFor();
    await dialog.getByRole('textbox', { name: 'Internal notes' }).fill('Pays in time now');
    await dialog.getByRole('button', { name: 'Save the notes' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await page.getByText('Ring at number 3').count()).toBeGreaterThan(0);
  });

  test('a service is added, changed and taken off the offer', async ({ stage }) => {
    const { product, open } = stage;
    const page = await open({ as: product.company.admin });
    await page.goto('/services');
    await page.getByRole('button', { name: 'Add a service' }).click();
    await page.getByLabel('Name').fill('Oven clean');
    await page.getByLabel('Takes (minutes)').fill('-5');
    await page.getByLabel('Price').fill('-5');
    await page.getByRole('button', { name: 'Add the service' }).click();
    await page.getByText('Type a whole number from 1 to 10,080.').waitFor();
    await page.getByText('Type a number from 0 to 10,000,000.').waitFor();
    expect(await page.getByLabel('Takes (minutes)').inputValue()).toBe('-5');
    await page.getByLabel('Takes (minutes)').fill('120');
    await page.getByLabel('Price').clear();
    // Key by key, as people do.
    await page.getByLabel('Price').pressSequentially('45,50');
    await page.getByRole('button', { name: 'Add the service' }).click();
    await page.getByText('2 h · £45.50').waitFor();
    await page.getByRole('button', { name: 'Edit Oven clean' }).click();
    await page.getByRole('switch', { name: 'On offer' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Not offered').waitFor();
  });
});

/** Whether all of it is on the screen as it stands, without scrolling. */
async function isWhole(page: Page, button: Locator): Promise<boolean> {
  const box = await button.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  return box !== null && box.y >= 0 && box.y + box.height <= height;
}
