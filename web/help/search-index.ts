import type { Passage } from '../src/help/find-passages.ts';
import type { HelpBook, HelpPage } from './book.ts';
import { passagesOf } from './markdown.ts';

/** Of reference pages, which are lists, people look for the headings. */
const MOST_OF_REFERENCE = 120;

/** What the search looks through. */
export function searchIndex({ pages }: Pick<HelpBook, 'pages'>): Passage[] {
  return pages.flatMap((page) =>
    passagesOf(page).map(({ heading, text }) => ({
      href: heading === null ? page.path : `${page.path}#${heading.id}`,
      page: page.title,
      heading: heading?.text ?? null,
      ...(isReference(page) && { reference: true }),
      text: isReference(page) ? text.slice(0, MOST_OF_REFERENCE) : text,
      ...(heading === null && page.words !== '' && { words: page.words }),
    })),
  );
}

/** Guides have a folder of their own. */
function isReference({ file }: Pick<HelpPage, 'file'>): boolean {
  return !file.includes('/');
}
