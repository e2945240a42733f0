import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** One page of the help. */
export interface HelpPage {
  /** In `docs`: `guide/book.md`. */
  file: string;
  /** Where it is served: `/help/guide/book/`. */
  path: string;
  title: string;
  /** The heading under which the contents name it. */
  section: string;
  /** What people may type who look for it, beside what stands on it; may be empty. */
  words: string;
  markdown: string;
}

/** All pages, in the order of the contents. */
export interface HelpBook {
  contents: HelpPage;
  pages: readonly HelpPage[];
}

const CONTENTS = 'README.md';
/** A comment, so that nobody reads it who reads the page. */
const WORDS = /<!-- Also looked for as: ([^]*?) -->\n*/;

/**
 * Reads the pages that the contents (`docs/README.md`) name: sections are its headings, pages the links in lists below.
 * @throws when a page is missing, is named twice, or its heading is not what the contents call it
 */
export function readBook(docs: string): HelpBook {
  const contents = readPage(docs, CONTENTS, '');
  const pages: HelpPage[] = [];
  let section = '';
  for (const line of contents.markdown.split('\n')) {
    section = /^## (.+)$/.exec(line)?.[1] ?? section;
    const [, title, file] = /^- \[(.+)\]\((.+\.md)\)$/.exec(line) ?? [];
    if (title === undefined || file === undefined) continue;
    const page = readPage(docs, file, section);
    if (page.title !== title) throw new Error(`The contents call ${file} “${title}”, itself “${page.title}”`);
    if (pages.some((other) => other.file === file)) throw new Error(`The contents name ${file} twice`);
    pages.push(page);
  }
  return { contents, pages };
}

function readPage(docs: string, file: string, section: string): HelpPage {
  const source = readFileSync(join(docs, file), 'utf8');
  const words = WORDS.exec(source)?.[1]?.replaceAll(/\s+/g, ' ') ?? '';
  const markdown = source.replace(WORDS, '');
  const title = /^# (.+)$/m.exec(markdown)?.[1];
  if (title === undefined) throw new Error(`${file} has no heading`);
  return { file, path: pathOf(file), title, section, words, markdown };
}

/** `guide/book.md` → `/help/guide/book/`. */
function pathOf(file: string): string {
  return file === CONTENTS ? '/help/' : `/help/${file.replace(/\.md$/, '')}/`;
}

/** The file that a link in a page leads to, in `docs`: `../errors.md` in `guide/book.md` is `errors.md`. */
export function fileOf(page: Pick<HelpPage, 'file'>, link: string): string {
  return posix.join(posix.dirname(page.file), link);
}
