import type { Page } from 'playwright-core';

/** Both sides of what is pressed, in CSS pixels: WCAG 2.2, 2.5.8 "Target Size (Minimum)". */
const SMALLEST_TARGET_PX = 24;

/**
 * What a person would trip over in the page as it stands: it scrolls sideways, words of a button are cut off, or something
 * to press is too small for a finger. Links within a sentence may be as high as its letters, as the guideline allows. @returns a line for each
 */
export function layoutTroubles(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(${LOOK})(${SMALLEST_TARGET_PX})`);
}

/** Runs in the page. A box to tick is as large as it and its label, which does the same. */
const LOOK = `(smallest) => {
  const wider = document.documentElement.scrollWidth - innerWidth;
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const inSentence = (element) =>
    element.matches('a') &&
    getComputedStyle(element).display === 'inline' &&
    element.closest('p, li, dd, td, label, summary, div')?.textContent.trim() !== element.textContent.trim();
  const boxOf = (element) => {
    const boxes = [element, ...(element.matches('[type=checkbox], [type=radio]') ? element.labels : [])]
      .filter(isShown)
      .map((one) => one.getBoundingClientRect());
    if (boxes.length === 0) return null;
    const side = (choose, name) => choose(...boxes.map((box) => box[name]));
    return {
      width: side(Math.max, 'right') - side(Math.min, 'left'),
      height: side(Math.max, 'bottom') - side(Math.min, 'top'),
    };
  };
  const isCut = (element) =>
    [element, ...element.querySelectorAll('*')].some(
      (one) => getComputedStyle(one).overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1,
    );
  const nameOf = (element) => {
    const words = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '';
    return element.tagName.toLowerCase() + ' "' + words.trim() + '"';
  };
  const broken = [...document.querySelectorAll('nav a, button, [role=radiogroup], [role=radiogroup] label')]
    .filter((element) => isShown(element) && isCut(element))
    .map((element) => nameOf(element) + ' is cut off');
  const small = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button]')]
    .filter((element) => !inSentence(element))
    .flatMap((element) => {
      const box = boxOf(element);
      // Fractions of a pixel come from letters.
      if (box === null || (box.width > smallest - 0.5 && box.height > smallest - 0.5)) return [];
      return [nameOf(element) + ' is ' + box.width.toFixed(1) + ' x ' + box.height.toFixed(1) + ' px'];
    });
  return [...(wider > 0 ? [wider + ' px wider than the window'] : []), ...broken, ...small];
}`;
