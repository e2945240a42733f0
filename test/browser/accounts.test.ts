import { describe, expect } from 'vitest';
import { shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';
import { PASSWORD } from '../support/product-company.ts';
import { mailsTo, until } from './steps.ts';

const NEW_PASSWORD = 'a few new words';

/** Where the link in the only mail to this address leads that has one to the page. */
async function mailedLink(outbox: string, email: string, page: string): Promise<string> {
  const links = async (): Promise<string[]> =>
    (await mailsTo(outbox, email)).flatMap(({ text }) => /http:\S+\/([\w-]+)#\S+/.exec(text ?? '')?.[0] ?? []);
  const isIt = (link: string): boolean => link.includes(`/${page}#`);
  await until(async () => (await links()).some(isIt));
  return (await links()).find(isIt) ?? '';
}

/** The address in the newest mail to this person that sets their password. */
function passwordLink(outbox: string, email: string): Promise<string> {
  return mailedLink(outbox, email, 'set-password');
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

  test('people sign in with another address once they have opened the link in the mail to it', async ({ stage }) => {
    const { product, open } = stage;
    const jane = await product.company.hire('customer', 'Jane Doe');
    const email = 'jane.new@example.com';
    const page = await open({ as: jane });
    await page.goto('/settings/account');
    const present = page.getByLabel('Present address');
    expect(await present.inputValue()).toBe(jane.email);
    await page.getByRole('button', { name: 'Change the address' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change the address' });
    await dialog.getByLabel('New address').fill('jane.new');
    await dialog.getByRole('button', { name: 'Send me the link' }).click();
    await dialog.getByText('Type an e-mail address such as jane@example.com.').waitFor();
    await dialog.getByText('Type your present password.').waitFor();
    stage.expectFault(/status of 422.*\/api\/auth\/email\//);
    await dialog.getByLabel('New address').fill(email);
    await dialog.getByLabel('Present password', { exact: true }).fill('not this one');
    await dialog.getByRole('button', { name: 'Send me the link' }).click();
    await dialog.getByText('Give your present password, to prove that it is you.').waitFor();
    await shoot(page, 'email-change');
    await dialog.getByLabel('Present password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Send me the link' }).click();
    await dialog.getByText(`A mail to ${email} is kept on the server`, { exact: false }).waitFor();
    await shoot(page, 'email-asked');
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect(await present.inputValue()).toBe(jane.email);

    const link = await mailedLink(product.outbox, email, 'confirm-email');
    const elsewhere = await open();
    await elsewhere.goto(link);
    await elsewhere.getByRole('heading', { level: 1, name: 'Confirm your address' }).waitFor();
    await shoot(elsewhere, 'email-confirm');
    await elsewhere.getByRole('button', { name: 'Sign in with this address from now on' }).click();
    await elsewhere.getByText('Your address is changed').waitFor();
    await shoot(elsewhere, 'email-confirmed');
    await until(async () => (await mailsTo(product.outbox, jane.email)).length > 0);
    const [notice] = await mailsTo(product.outbox, jane.email);
    expect(notice?.text).toContain(`was changed to ${email}.`);
    await elsewhere.getByRole('link', { name: 'Your account' }).click();
    await elsewhere.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await elsewhere.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await elsewhere.getByRole('button', { name: 'Sign in' }).click();
    await elsewhere.getByRole('heading', { level: 1, name: 'Your account' }).waitFor();
    expect(await elsewhere.getByLabel('Present address').inputValue()).toBe(email);

    // Where she asked she is still signed in, and is called by the new address as soon as the page knows it.
    await page.reload();
    await until(async () => (await present.inputValue()) === email);
    await page.getByRole('button', { name: 'Account of Jane Doe' }).click();
    await page.getByRole('menu').getByText(email).waitFor();

    stage.expectFault(/status of 422.*\/api\/auth\/email\/confirm\//);
    const again = await open();
    await again.goto(link);
    await again.getByRole('button', { name: 'Sign in with this address from now on' }).click();
    await again.getByText('This link works no more').waitFor();
    await shoot(again, 'email-confirm-spent');
  });

  test('a typo in the address of an invitation is mended, and the invitation sent again', async ({ stage }) => {
    const { product, open } = stage;
    const { admin } = product.company;
    const [wrong, right] = ['olviia@valclean.example', 'olivia@valclean.example'];
    const body = { email: wrong, name: 'Olivia Stone', role: 'staff' };
    await product.company.call(admin, 'POST', '/api/users/', body);
    const old = await passwordLink(product.outbox, wrong);
    const page = await open({ as: admin });
    await page.goto('/people');
    await page.getByRole('button', { name: 'Edit Olivia Stone' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill(admin.email);
    await dialog.getByText('The link that was mailed to the former address ends.').waitFor();
    stage.expectFault(/status of 409.*\/api\/users\/\d+\//);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('There is an account with this e-mail address already.', { exact: false }).waitFor();
    await dialog.getByLabel('E-mail').fill(right);
    await shoot(page, 'person-email');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText(`Send the invitation to ${right}.`, { exact: false }).waitFor();
    await shoot(page, 'person-email-changed');
    await dialog.getByRole('button', { name: 'Send the invitation again' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: right }).waitFor();

    stage.expectFault(/status of 422.*\/api\/auth\/password\/check\//);
    const stranger = await open();
    await stranger.goto(old);
    await stranger.getByText('This link works no more').waitFor();
    const olivia = await open();
    await olivia.goto(await passwordLink(product.outbox, right));
    await olivia.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
    await olivia.getByRole('button', { name: 'Set the password' }).click();
    await olivia.getByText('Hello Olivia Stone', { exact: false }).waitFor();

    const used = await product.company.hire('staff', 'Peter Hall');
    await page.goto('/people');
    await page.getByRole('button', { name: 'Edit Peter Hall' }).click();
    await dialog.getByLabel('E-mail').fill('peter.new@valclean.example');
    await dialog.getByText('They are signed out everywhere and sign in with this one.', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    for (const address of [used.email, 'peter.new@valclean.example']) {
      await until(async () => (await mailsTo(product.outbox, address)).length > 0);
    }

    const me = await product.company.call(admin, 'GET', '/api/auth/me/');
    await page.getByRole('button', { name: `Edit ${me.name}` }).click();
    await dialog.getByText('You change your own on the page of your account.').waitFor();
    expect(await dialog.getByLabel('E-mail').isEditable()).toBe(false);
  });
});
