import type { Passage } from '../src/help/find-passages.ts';
import type { HelpBook } from './book.ts';
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
      text: page.file.includes('/') ? text : text.slice(0, MOST_OF_REFERENCE),
      ...(heading === null && page.words !== '' && { words: page.words }),
    })),
  );
}
