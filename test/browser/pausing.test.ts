import { describe, expect } from 'vitest';
import { PHONE, shoot, SIZES, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead } from '../support/product-company.ts';
import { eventsOf, googleCard, until } from './steps.ts';

describe('people steer their calendar', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test.for(SIZES)(
    'paused, it stays as it is; resumed, it catches up, on the $size',
    async ({ viewport }, { stage }) => {
      const { product, open } = stage;
      const { company } = product;
      const jane = await company.hire('customer', 'Jane Doe');
      await company.connect(jane);
      await company.confirmedOrder({ customer: jane, at: daysAhead(2) });
      await until(() => eventsOf(product, jane).length === 1);
      const page = await open({ as: jane, viewport });
      await page.goto('/settings/calendar');
      const card = googleCard(page);
      await card.getByRole('button', { name: 'Pause' }).click();
      await card.getByText('You have paused this calendar.', { exact: false }).waitFor();
      await shoot(page, 'paused-settings');
      await company.confirmedOrder({ customer: jane, at: daysAhead(3) });
      await card.getByText('Paused', { exact: true }).waitFor();
      expect(eventsOf(product, jane)).toHaveLength(1);
      await card.getByRole('button', { name: 'Resume' }).click();
      await until(() => eventsOf(product, jane).length === 2);
      await card.getByText('Connected', { exact: true }).waitFor();

      const activity = page.getByRole('region', { name: 'Activity' });
      await activity.getByText('You paused this calendar').waitFor();
      await activity.getByRole('combobox', { name: 'What happened' }).click();
      await page.getByRole('option', { name: 'Events', exact: true }).click();
      await activity.getByText('You paused this calendar').waitFor({ state: 'detached' });
      await activity
        .getByText(/event was added|events were added/)
        .first()
        .waitFor();
    },
  );

  test('a manager sees how events look, their own and those of the people they look after', async ({ stage }) => {
    const { product, open } = stage;
    const manager = await product.company.hire('manager', 'Mark Weber');
    const page = await open({ as: manager, viewport: PHONE });
    await page.goto('/settings/calendar');
    const preview = page.getByRole('region', { name: 'What your events look like' });
    await preview.getByText('Sarah M. · Deep clean – Jane Doe').waitFor();
    await preview.getByText('Customer', { exact: true }).click();
    await preview.getByText('VALClean: Deep clean').waitFor();
    await preview.getByText('We arrive between 09:00 and 09:30', { exact: false }).waitFor();
    expect(await preview.getByText('Key safe', { exact: false }).count()).toBe(0);
    await preview.getByText('Staff', { exact: true }).click();
    await preview.getByText('Access: Key safe by the door', { exact: false }).waitFor();
    await shoot(page, 'preview-manager');
  });
});
