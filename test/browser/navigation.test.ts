import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { shoot, START_WITHIN_MS, test, TEST_WITHIN_MS } from '../support/browser-test.ts';

/** Pixels: a phone, a tablet upright, in between, a notebook, a large screen. */
const WIDTHS = [360, 768, 1024, 1280, 1920];

const PLACES = {
  customer: ['Today', 'Appointments', 'Orders', 'Settings'],
  staff: ['Today', 'My day', 'Appointments', 'Settings'],
  manager: ['Today', 'Team week', 'Orders', 'Appointments', 'Settings'],
  admin: ['Today', 'Team week', 'Orders', 'Appointments', 'People', 'Services', 'Health', 'Settings'],
} as const;

describe('the navigation', { timeout: TEST_WITHIN_MS }, () => {
  test.beforeAll(({ product }) => void product, START_WITHIN_MS);

  test.for(['customer', 'staff', 'manager', 'admin'] as const)(
    'has all places of %s in every width',
    async (role, { stage }) => {
      const { company } = stage.product;
      const name = 'Wilhelmina Featherstonehaugh';
      const person = role === 'admin' ? company.admin : await company.hire(role, name);
      const page = await stage.open({ as: person });
      await page.goto('/');
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        await measuredAnew(page);
        const bar = page.getByRole('navigation', { name: 'Main' });
        await bar.getByRole('link', { name: 'Today' }).waitFor();
        await expect.poll(() => cutOff(page), { message: `nothing is cut off in ${width} px` }).toEqual([]);
        await shoot(page, `navigation-${role}`);
        expect(await placesOf(page), `in ${width} px`).toEqual(PLACES[role]);
        await page.getByRole('button', { name: /^Account of / }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
        await expect.poll(() => cutOff(page), { message: `of the account menu in ${width} px` }).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('menuitem', { name: 'Sign out' }).waitFor({ state: 'detached' });
      }
    },
  );

  test('what is behind "More" is reached by keyboard alone', async ({ stage }) => {
    const page = await stage.open({ as: stage.product.company.admin, viewport: { width: 768, height: 800 } });
    await page.goto('/');
    const more = page.getByRole('button', { name: 'More' });
    await more.waitFor();
    for (let presses = 0; presses < 12 && !(await hasFocus(page, 'More')); presses += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => hasFocus(page, 'Appointments')).toBe(true);
    await expect.poll(() => hasFocusAfter(page, 'End', 'Settings')).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => hasFocus(page, 'More')).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => hasFocus(page, 'Appointments')).toBe(true);
    await expect.poll(() => hasFocusAfter(page, 'End', 'Settings')).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Calendar settings' }).waitFor();
    await more.click();
    expect(await page.getByRole('menuitem', { name: 'Settings' }).getAttribute('aria-current')).toBe('page');
  });
});

/** Of the bar, then of what "More" opens. */
async function placesOf(page: Page): Promise<string[]> {
  const inBar = await page.getByRole('navigation', { name: 'Main' }).getByRole('link').allTextContents();
  const more = page.getByRole('button', { name: 'More' });
  if ((await more.count()) === 0) return inBar;
  await more.click();
  await page.getByRole('menuitem').first().waitFor();
  const behind = await page.getByRole('menuitem').allTextContents();
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
  return [...inBar, ...behind];
}

/** The bar is measured in the frame after the window has changed, and drawn in the next. */
async function measuredAnew(page: Page): Promise<void> {
  for (let frame = 0; frame < 3; frame += 1)
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
}

/** A menu that has just opened may put the focus on its first item after the key was pressed; people press it again. */
async function hasFocusAfter(page: Page, key: string, text: string): Promise<boolean> {
  await page.keyboard.press(key);
  return hasFocus(page, text);
}

/** What of the bar and its menus sticks out of the window or of its own box, breaks into lines, or overlaps the next one. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const shown = [...document.querySelectorAll('header a, header nav button, header button, header [role=menu]')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }));
    const inBar = shown.filter((element) => element.closest('[role=menu]') === null);
    const box = (element) => element.getBoundingClientRect();
    const outside = shown.filter((element) => box(element).left < 0 || box(element).right > innerWidth + 0.5);
    const tooFull = shown.filter((element) => element.scrollWidth > element.clientWidth + 1);
    const overlapping = inBar.filter((one) => inBar.some((other) => one !== other &&
      box(one).left < box(other).right - 0.5 && box(other).left < box(one).right - 0.5 &&
      box(one).top < box(other).bottom - 0.5 && box(other).top < box(one).bottom - 0.5));
    const range = document.createRange();
    const broken = inBar.filter((element) => [...element.childNodes].some((child) => {
      range.selectNode(child);
      return child.nodeType === Node.TEXT_NODE && range.getClientRects().length > 1;
    }));
    const words = (why) => (element) => why + ': ' + element.textContent;
    return [...outside.map(words('outside')), ...tooFull.map(words('too full')), ...broken.map(words('broken')),
      ...overlapping.map(words('overlaps'))];
  })()`);
}

function hasFocus(page: Page, text: string): Promise<boolean> {
  return page.evaluate<boolean>(`document.activeElement.textContent === '${text}'`);
}
