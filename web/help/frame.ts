import type { HelpBook, HelpPage } from './book.ts';
import { escapeHtml, type Rendered } from './markdown.ts';

/** Files that every page needs, by their addresses. */
export interface HelpFiles {
  script: string;
  styles: readonly string[];
  /** Where the search finds its passages. */
  index: string;
}

/** From so many headings on, a page names them at its side. */
const WORTH_A_LIST = 3;

/** A whole page of the help. It works without JavaScript; the script only adds the search. */
export function framePage(page: HelpPage, rendered: Rendered, book: HelpBook, files: HelpFiles): string {
  if (page === book.contents) return frame({ title: null, files, main: start(rendered), contents: '' });
  return frame({
    title: page.title,
    files,
    main: `${onThisPage(rendered)}<article>${rendered.html}</article>${neighbours(page, book)}`,
    contents: contentsList(book, page),
  });
}

/** The contents: first what most people come for; then each heading with its list together, in columns where there is room. */
function start({ html }: Rendered): string {
  const [lead = '', ...sections] = html.split(/(?=<h2 )/);
  const parts = sections.map((section) => `<section>${section}</section>`).join('\n');
  return `<article class="start">${lead}<div class="sections">${parts}</div></article>`;
}

/** Shown for an address under `/help/` at which there is nothing. */
export function frameMissing(book: HelpBook, files: HelpFiles): string {
  return frame({
    title: 'No such page',
    files,
    main: '<article><h1>There is no such help page</h1><p>It may have another name now. All pages are listed here.</p></article>',
    contents: contentsList(book, null),
  });
}

/** How the business is called until the server knows better (`src/http/help-pages.ts`), which also puts its logo in place of the mark. */
const NAME = 'VALClean';

/** @param parts.title `null`: of the contents */
function frame(parts: { title: string | null; files: HelpFiles; main: string; contents: string }): string {
  const { files } = parts;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<title>${parts.title === null ? '' : `${escapeHtml(parts.title)} · `}Help · ${NAME}</title>
${files.styles.map((style) => `<link rel="stylesheet" href="${style}">`).join('\n')}
<script type="module" src="${files.script}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><div class="bar">
<a class="brand" href="/help/"><svg class="mark" width="30" height="30" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="9"></rect><path d="M9 16.5l5 5L23.5 11"></path></svg><span class="name">${NAME}</span> <span class="part">Help</span></a>
<form class="search" role="search" data-index="${files.index}" hidden>
<label for="search">Search the help</label>
<input id="search" type="search" autocomplete="off" placeholder="Search the help">
<div class="found" hidden><p role="status"></p><ul></ul></div>
</form>
<a class="back" href="/">Back to the app</a>
</div></header>
<div class="columns">
<main id="main" tabindex="-1">${parts.main}</main>
${parts.contents}
</div>
</body>
</html>
`;
}

function onThisPage({ headings }: Rendered): string {
  const listed = headings.filter(({ depth }) => depth === 2);
  if (listed.length < WORTH_A_LIST) return '';
  const items = listed.map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`).join('');
  return `<nav class="here" aria-labelledby="here"><p id="here">On this page</p><ul>${items}</ul></nav>`;
}

/** Those who have the help for people in hand are not led on to that for operators, nor back. */
function neighbours(page: HelpPage, book: HelpBook): string {
  const pages = book.pages.filter(({ file }) => isGuide(file) === isGuide(page.file));
  const at = pages.indexOf(page);
  const link = (target: HelpPage | undefined, word: string, rel: string): string =>
    target === undefined
      ? ''
      : `<a class="${rel}" rel="${rel}" href="${target.path}"><small>${word}</small> ${escapeHtml(target.title)}</a>`;
  const links = `${link(at > 0 ? pages[at - 1] : undefined, 'Before', 'prev')}${link(at < 0 ? undefined : pages[at + 1], 'Next', 'next')}`;
  return links === '' ? '' : `<nav class="neighbours" aria-label="Before and next">${links}</nav>`;
}

function isGuide(file: string): boolean {
  return /(^|\/)guide\//.test(file);
}

function contentsList({ pages }: HelpBook, here: HelpPage | null): string {
  const sections = [...Map.groupBy(pages, ({ section }) => section)].map(([section, ofSection]) => {
    const items = ofSection.map(({ path, title, file }) => {
      const current = file === here?.file ? ' aria-current="page"' : '';
      return `<li><a href="${path}"${current}>${escapeHtml(title)}</a></li>`;
    });
    return `<h3>${escapeHtml(section)}</h3><ul>${items.join('')}</ul>`;
  });
  return `<nav class="contents" aria-labelledby="contents"><h2 id="contents">All help pages</h2>${sections.join('\n')}</nav>`;
}
