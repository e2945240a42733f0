import { describe, expect } from 'vitest';
import { PHONE, shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { daysAhead } from '../support/product-company.ts';
import { card } from './steps.ts';

describe('subscribing by an address', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('a person makes an address, reads it once, replaces and revokes it', async ({ stage }) => {
    const { company } = stage.product;
    const jane = await company.hire('customer', 'Jane Doe');
    const sarah = await company.hire('staff', 'Sarah Miller');
    await company.confirmedOrder({ customer: jane, staff: [sarah], at: daysAhead(2) });
    const page = await stage.open({ as: jane, viewport: PHONE, permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto('/settings/calendar');
    const subscribe = card(page, 'Subscribe');
    await subscribe.getByRole('textbox', { name: 'Name of the calendar' }).fill('Visits');
    await subscribe.getByRole('button', { name: 'Make an address' }).click();

    const address = subscribe.getByRole('textbox', { name: 'Secret address' });
    const url = await address.inputValue();
    expect(url).toMatch(/\/api\/calendar\/feed\/[\w-]{43}\.ics$/);
    await subscribe.getByRole('button', { name: 'Copy address' }).click();
    await subscribe.getByText('The address is in your clipboard.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(url);
    await subscribe.getByRole('img', { name: 'QR code of the address of Visits' }).waitFor();
    await subscribe.scrollIntoViewIfNeeded();
    await shoot(page, 'settings-subscribe');
    const apple = subscribe.getByRole('link', { name: 'Open in Apple Calendar' });
    expect(await apple.getAttribute('href')).toBe(url.replace(/^http:/, 'webcal:'));
    for (const name of ['Add to Google Calendar', 'Add to Outlook.com', 'Add to Microsoft 365']) {
      expect(await subscribe.getByRole('link', { name }).getAttribute('rel')).toBe('noreferrer');
    }
    // Neither Google and Microsoft nor a phone come to this computer.
    expect(await subscribe.getByText('Can’t reach this address.', { exact: true }).count()).toBe(3);
    await subscribe.getByText('Your phone can’t reach this address.').waitFor();
    expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBeLessThanOrEqual(PHONE.width);

    const feed = await fetch(url, { headers: { 'user-agent': 'Thunderbird/140.0' } });
    expect(feed.status).toBe(200);
    expect(await feed.text()).toContain('SUMMARY:VALClean: Deep clean');
    await page.reload();
    await subscribe.getByText('Last read just now by Thunderbird.').waitFor();
    expect(await address.count()).toBe(0);

    await subscribe.getByRole('button', { name: 'New address for Visits' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make a new address' }).click();
    await address.waitFor();
    const replaced = await address.inputValue();
    expect(replaced).not.toBe(url);
    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(replaced)).status).toBe(200);

    await subscribe.getByRole('button', { name: 'Revoke Visits' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Address revoked').waitFor();
    await subscribe.getByRole('button', { name: 'Revoke Visits' }).waitFor({ state: 'detached' });
    expect(await address.count()).toBe(0);
    expect((await fetch(replaced)).status).toBe(404);
  });
});
