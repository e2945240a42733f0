import { describe, expect } from 'vitest';
import { shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { PASSWORD } from '../support/product-company.ts';
import { mailsTo, until } from './steps.ts';

const NEW_PASSWORD = 'a few new words';

/** The address in the newest mail to this person that sets their password. */
async function passwordLink(outbox: string, email: string): Promise<string> {
  await until(async () => (await mailsTo(outbox, email)).length > 0);
  const [mail] = await mailsTo(outbox, email);
  return /http:\S+\/set-password#\S+/.exec(mail?.text ?? '')?.[0] ?? '';
}

describe('accounts', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test('who is invited chooses a password by the link in the mail, and is in', async ({ stage }) => {
    const { product, open } = stage;
    const page = await open({ as: product.company.admin });
    await page.goto('/people');
    await page.getByRole('button', { name: 'Add a person' }).click();
    const form = page.getByRole('dialog', { name: 'Add a person' });
    await form.getByLabel('Name').fill('Nora Quinn');
    await form.getByLabel('E-mail').fill('nora@valclean.example');
    await form.getByRole('radio', { name: 'They choose one by a link in a mail' }).check();
    expect(await form.getByLabel('First password').count()).toBe(0);
    await shoot(page, 'person-invite');
    await form.getByRole('button', { name: 'Add the person' }).click();
    const made = page.getByRole('dialog', { name: 'Nora Quinn is invited' });
    await made.getByText('is kept on the server', { exact: false }).waitFor();
    expect(await made.getByText('on its way', { exact: false }).count()).toBe(0);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Invited', { exact: true }).waitFor();
    await shoot(page, 'people-invited');

    const nora = await open();
    const link = await passwordLink(product.outbox, 'nora@valclean.example');
    await nora.goto(link);
    await nora.getByLabel('New password', { exact: true }).fill('too short');
    await nora.getByRole('button', { name: 'Set the password' }).click();
    await nora.getByText('Use at least 10 characters.').waitFor();
    await shoot(nora, 'set-password');
    await nora.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
    await nora.getByRole('button', { name: 'Set the password' }).click();
    await nora.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    await nora.getByText('Hello Nora Quinn', { exact: false }).waitFor();

    await page.reload();
    await page.getByRole('button', { name: 'Edit Nora Quinn' }).waitFor();
    expect(await page.getByText('Invited', { exact: true }).count()).toBe(0);

    stage.expectFault(/status of 422.*\/api\/auth\/password\/check\//);
    const again = await open();
    await again.goto(link);
    await again.getByText('This link works no more').waitFor();
    expect(await again.getByLabel('New password', { exact: true }).count()).toBe(0);
    await shoot(again, 'set-password-spent');
    await again.getByRole('link', { name: 'Send me a new link' }).click();
    await again.getByRole('heading', { level: 1, name: 'Forgot your password?' }).waitFor();
  });

  test('a forgotten password is set anew from the sign-in page', async ({ stage }) => {
    const { product, open } = stage;
    const jane = await product.company.hire('customer', 'Jane Doe');
    const page = await open();
    await page.goto('/sign-in');
    await shoot(page, 'sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    for (const email of ['nobody@example.com', jane.email]) {
      await page.goto('/forgot-password');
      await page.getByLabel('E-mail').fill(email);
      await page.getByRole('button', { name: 'Send me the link' }).click();
      const outcome = page.getByRole('status');
      await outcome
        .getByText(`If ${email} has an account here, a mail with a link is kept on the server`, { exact: false })
        .waitFor();
    }
    await shoot(page, 'forgot-password');
    await page.goto(await passwordLink(product.outbox, jane.email));
    await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor();
    // The token is not a step back away.
    await page.goBack();
    expect(page.url()).not.toContain('#');
  });

  test('people change their own account, and find it in the menu', async ({ stage }) => {
    const { product, open } = stage;
    const tom = await product.company.hire('staff', 'Tom Reed');
    const page = await open({ as: tom });
    await page.goto('/');
    await page.getByRole('button', { name: 'Account of Tom Reed' }).click();
    await page.getByRole('menuitem', { name: 'Your account' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
    await page.getByLabel('Name').fill('Thomas Reed');
    await page.getByLabel('Phone (optional)').fill('07700 900123');
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Lisbon');
    await page.getByRole('option', { name: 'Europe/Lisbon' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your account is changed.').waitFor();
    await page.getByRole('button', { name: 'Account of Thomas Reed' }).waitFor();
    const me = await product.company.call(tom, 'GET', '/api/auth/me/');
    expect(me).toMatchObject({ name: 'Thomas Reed', phone: '07700 900123', time_zone: 'Europe/Lisbon' });

    stage.expectFault(/status of 422.*\/api\/auth\/me\//);
    const present = page.getByLabel('Present password', { exact: true });
    await present.fill('not this one');
    await page.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Give your present password, to prove that it is you.').waitFor();
    await shoot(page, 'account');
    await present.fill(PASSWORD);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Your password is changed').waitFor();

    const elsewhere = await open();
    await elsewhere.goto('/sign-in');
    await elsewhere.getByRole('textbox', { name: 'E-mail' }).fill(tom.email);
    await elsewhere.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
    await elsewhere.getByRole('button', { name: 'Sign in' }).click();
    await elsewhere.getByText('Hello Thomas Reed', { exact: false }).waitFor();
  });
});
