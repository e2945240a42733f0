import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect } from 'vitest';
import { shoot, START_WITHIN_MS, test as base, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { startProduct } from '../support/product.ts';
import { mailsTo, until } from './steps.ts';

const NAME = 'Sparkle & Sons Window Cleaning of Northumberland';
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="20" fill="#7a3ea1"/></svg>';

/** Of another business than ours. */
const test = base.extend('product', { scope: 'file' }, async ({ browser }, { onCleanup }) => {
  if (browser.browser === null) return null;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'valclean-logo-'));
  const logo = path.join(folder, 'logo.svg');
  fs.writeFileSync(logo, LOGO);
  const product = await startProduct({ BUSINESS_NAME: NAME, BUSINESS_LOGO: logo });
  onCleanup(async () => {
    await product.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return product;
});

describe('the business has its own name and logo', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('before anything runs', async ({ stage }) => {
    const page = await (await fetch(stage.product.webUrl)).text();
    expect(page).toContain(`<title>${NAME.replace('&', '&amp;')}</title>`);
    expect(page).toContain('href="/business-logo"');
    expect(page).not.toContain('VALClean');
  });

  test('in the help', async ({ stage }) => {
    const page = await stage.open({ javaScriptEnabled: false });
    for (const [path, title] of [
      ['/help/', 'Help'],
      ['/help/guide/connect-google/', 'Connect Google Calendar · Help'],
      ['/help/operate/install/', 'Install and start · Help'],
    ] as const) {
      await page.goto(path);
      expect(await page.title()).toBe(`${title} · ${NAME}`);
      await page
        .getByRole('banner')
        .getByRole('link', { name: `${NAME} Help` })
        .waitFor();
      const drawn = `document.querySelector('img.mark[src="/business-logo"]').naturalWidth > 0`;
      await expect.poll(() => page.evaluate(drawn)).toBe(true);
    }
    await page.goto('/help/guide/connect-google/');
    await page.getByText(`Into a calendar of their own, called ${NAME}`).waitFor();
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      expect(wide, `in ${width} px`).toBeLessThanOrEqual(width);
      await shoot(page, 'business-help');
    }
  });

  test('on the sign-in page, in the bar and in mails', async ({ stage }) => {
    const { company, outbox } = stage.product;
    const page = await stage.open();
    await page.goto('/sign-in');
    await page.getByText(NAME, { exact: true }).waitFor();
    expect(await page.title()).toBe(`Sign in · ${NAME}`);
    const drawn = `document.querySelector('img[src="/business-logo"]').naturalWidth > 0`;
    await expect.poll(() => page.evaluate(drawn)).toBe(true);
    await shoot(page, 'business-sign-in');
    await page.goto('/forgot-password');
    await page.getByLabel('E-mail').fill(company.admin.email);
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await until(async () => (await mailsTo(outbox, company.admin.email)).length === 1);
    const [mail] = await mailsTo(outbox, company.admin.email);
    expect(mail?.subject).toBe(`${NAME}: set a new password`);
    expect(mail?.from?.name).toBe(NAME);

    const inside = await stage.open({ as: company.admin });
    for (const width of [360, 768, 1280]) {
      await inside.setViewportSize({ width, height: 800 });
      await inside.goto('/');
      const home = inside.getByRole('link', { name: `${NAME}, to today’s page` });
      await home.waitFor();
      await inside.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Today' }).waitFor();
      const account = await inside.getByRole('button', { name: /^Account of / }).boundingBox();
      expect((account?.x ?? Infinity) + (account?.width ?? 0)).toBeLessThanOrEqual(width);
      const wide = await inside.evaluate('document.documentElement.scrollWidth');
      expect(wide, `in ${width} px`).toBeLessThanOrEqual(width);
      await shoot(inside, 'business-bar');
    }
  });
});
