import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { ownersProgram, type OwnersProgram } from '../providers/caldav-real.ts';
import { PHONE, shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { findServer, startRadicale, type CaldavServer } from '../support/caldav-servers.ts';
import { daysAhead, type ProductPerson } from '../support/product-company.ts';
import { card, until } from './steps.ts';

/* The whole way with a real Radicale, from Debian's package, on a phone. */

const LOGIN = { username: 'tina@dav.example', password: 'tina-app-password' };
const PERSONAL = '/tina%40dav.example/personal/';
const CONNECTED = 'CalDAV calendar';
const OFFER = 'Apple and other calendars';

const withRadicale = test.extend('radicale', { scope: 'file' }, async ({}, { onCleanup }) => {
  if (findServer('radicale') === null) return null;
  const cleanup = new AsyncDisposableStack();
  onCleanup(() => cleanup.disposeAsync());
  const server = await startRadicale({ [LOGIN.username]: LOGIN.password }, cleanup);
  const program = ownersProgram(server, LOGIN);
  cleanup.defer(() => program.close());
  await program.makeCalendar(PERSONAL);
  return { server, program };
});

describe('a calendar of one’s own server', { timeout: TEST_WITHIN_MS }, () => {
  withRadicale.beforeAll(({ product, radicale }) => void [product, radicale], START_WITHIN_MS);

  withRadicale('is connected, filled, followed, respected and left', async ({ stage, radicale, skip }) => {
    if (radicale === null) return skip('Radicale is not installed');
    const { server, program } = radicale;
    const { company } = stage.product;
    const tina = await company.hire('customer', 'Tina Berg');
    stage.expectFault(/status of 422.*\/api\/calendar\/caldav\/calendars\//);
    const page = await stage.open({ as: tina, viewport: PHONE });
    await page.goto('/settings/calendar');
    await connect(page, server);

    const { appointmentIds } = await company.confirmedOrder({ customer: tina, at: daysAhead(3) });
    const [id = 0] = appointmentIds;
    await until(async () => (await seen(program)).length === 1);
    const [made] = await seen(program);
    expect(made?.text).toContain('SUMMARY:VALClean: Deep clean');

    await company.call(company.admin, 'PATCH', `/api/appointments/${id}/`, {
      starts_at: `${daysAhead(4, '14:00')}:00`,
    });
    await until(async () => (await seen(program))[0]?.text.includes('T140000'));
    expect((await seen(program)).map(({ path }) => path)).toEqual([made?.path]);

    await program.remove(made?.path ?? '');
    await page.getByRole('button', { name: 'Sync now' }).click();
    await until(async () => (await stateOf(tina, id)) === 'suppressed');
    await company.call(company.admin, 'PATCH', `/api/appointments/${id}/`, { notes: 'Ring twice' });
    expect(await seen(program)).toEqual([]);

    const { appointmentIds: others } = await company.confirmedOrder({ customer: tina, at: daysAhead(5) });
    await until(async () => (await seen(program)).length === 1);
    await company.call(company.admin, 'POST', `/api/appointments/${others[0]}/cancel/`);
    await until(async () => (await seen(program)).length === 0);

    await company.confirmedOrder({ customer: tina, at: daysAhead(6) });
    await until(async () => (await seen(program)).length === 1);
    await page.reload();
    await card(page, CONNECTED).getByRole('button', { name: 'Disconnect' }).click();
    const question = page.getByRole('dialog');
    await question.getByText('The app password that we keep is deleted.', { exact: false }).waitFor();
    const how = await question.getByRole('link', { name: 'how to do that' }).getAttribute('href');
    expect((await fetch(new URL(how ?? '', page.url()))).status).toBe(200);
    await question.getByRole('button', { name: 'Disconnect', exact: true }).click();
    await card(page, OFFER).getByText('Not connected').waitFor();
    expect(await card(page, CONNECTED).count()).toBe(0);
    expect(await seen(program)).toEqual([]);

    function stateOf(person: ProductPerson, appointmentId: number): Promise<unknown> {
      const path = `/api/appointments/${appointmentId}/calendars/`;
      return company.call(person, 'GET', path).then(({ items }) => items[0]?.state);
    }
  });
});

/** A wrong password first, as it happens. */
async function connect(page: Page, server: CaldavServer): Promise<void> {
  await card(page, OFFER).waitFor();
  expect(await waysOf(page)).toEqual(['Connect', 'Subscribe', 'Download']);
  await page.getByRole('button', { name: 'Connect with an app password' }).click();
  await page.getByRole('combobox', { name: 'Calendar service' }).click();
  await page.getByRole('option', { name: 'Another server' }).click();
  await page.getByRole('textbox', { name: 'Server or e-mail address' }).fill(server.url);
  await page.getByRole('textbox', { name: 'User name' }).fill(LOGIN.username);
  await page.getByLabel('App password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText(/The server refused the user name or the password/).waitFor();
  await shoot(page, 'caldav-wrong-password');
  await page.getByLabel('App password', { exact: true }).fill(LOGIN.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('radio', { name: 'personal' }).waitFor();
  expect(await page.getByRole('radio', { name: 'personal' }).isChecked()).toBe(true);
  await shoot(page, 'caldav-choose-calendar');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await card(page, CONNECTED)
    .getByText(/^(Connected|Updating)$/)
    .waitFor();
  await shoot(page, 'caldav-connected');
  // The other two ways stay.
  expect(await waysOf(page)).toEqual(['Subscribe', 'Download']);
}

/** By their headings, in their order. */
function waysOf(page: Page): Promise<string[]> {
  return card(page, OFFER).getByRole('heading', { level: 3 }).allTextContents();
}

/** What Tina's own program shows, without folds. */
async function seen(program: OwnersProgram): Promise<{ path: string; text: string }[]> {
  const objects = await program.objects(PERSONAL);
  return objects.map(({ path, data }) => ({ path, text: data.replace(/\r?\n[ \t]/g, '') }));
}
