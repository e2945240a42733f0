import { Marked, type Tokens } from 'marked';
import { fileOf, type HelpBook, type HelpPage } from './book.ts';
import type { PictureSize } from './picture-size.ts';

/** A heading below the title. */
export interface Heading {
  depth: number;
  text: string;
  id: string;
}

/** A part of a page for the search: what stands below one heading, as plain text. */
export interface Passage {
  heading: Heading | null;
  text: string;
}

export interface Rendered {
  /** Everything, the title included. */
  html: string;
  headings: readonly Heading[];
}

export interface Picture extends PictureSize {
  address: string;
}

export interface Places {
  book: Pick<HelpBook, 'contents' | 'pages'>;
  /** A picture, by its file in `docs`. */
  picture(file: string): Picture;
}

/** Anchors as GitHub makes them, so that links hold in both places. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

/** Turns a page into HTML without anything inline that the content security policy refuses. @throws for a link that leads nowhere */
export function renderPage(page: HelpPage, places: Places): Rendered {
  const headings: Heading[] = [];
  const taken = new Map<string, number>();
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const text = plainText(tokens);
        if (depth === 1) return `<h1>${this.parser.parseInline(tokens)}</h1>\n`;
        const id = unique(anchorOf(text), taken);
        headings.push({ depth, text, id });
        // For the pointer only; whoever comes by keyboard has the list of headings.
        const link = `<a class="anchor" href="#${id}" aria-hidden="true" tabindex="-1">#</a>`;
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)} ${link}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const address = addressOf(page, href, places);
        const rel = /^https?:/.test(address) ? ' rel="noreferrer"' : '';
        return `<a href="${escapeHtml(address)}"${rel}>${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text }: Tokens.Image) {
        const { address, width, height } = places.picture(fileOf(page, href));
        // With its size, so that nothing jumps when it comes.
        const size = `width="${width}" height="${height}"`;
        const source = escapeHtml(address);
        const picture = `<img src="${source}" alt="${escapeHtml(text)}" ${size} loading="lazy" decoding="async">`;
        // On a phone it is small: pressed, it shows alone, and can be made larger.
        return `<a class="picture" href="${source}">${picture}</a>`;
      },
      // Both may be wider than a phone: they scroll by themselves, also by keyboard.
      table(token: Tokens.Table) {
        const [head, ...rows] = [token.header, ...token.rows].map((cells) =>
          cells.map((cell) => this.parser.parseInline(cell.tokens)),
        );
        const headRow = head?.map((cell) => `<th scope="col">${cell}</th>`).join('');
        const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
        const columns = token.header.map(({ tokens }) => plainText(tokens)).filter((column) => column !== '');
        const label = escapeHtml(`Table: ${columns.join(', ')}`);
        return `<div class="wide" tabindex="0" role="group" aria-label="${label}"><table><thead><tr>${headRow}</tr></thead><tbody>${body}</tbody></table></div>\n`;
      },
      code({ text }: Tokens.Code) {
        return `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`;
      },
      checkbox() {
        return '<span class="box" aria-hidden="true"></span> ';
      },
    },
  });
  return { html: marked.parse(page.markdown, { async: false }), headings };
}

/** Cuts a page into passages. */
export function passagesOf({ markdown }: Pick<HelpPage, 'markdown'>): Passage[] {
  const taken = new Map<string, number>();
  const passages: Passage[] = [{ heading: null, text: '' }];
  for (const token of new Marked().lexer(markdown)) {
    if (token.type === 'heading' && token.depth > 1) {
      const text = plainText(token.tokens ?? []);
      passages.push({ heading: { depth: token.depth, text, id: unique(anchorOf(text), taken) }, text: '' });
      continue;
    }
    const passage = passages.at(-1);
    if (passage && token.type !== 'space') passage.text += ` ${allText(token)}`;
  }
  return passages.map(({ heading, text }) => ({ heading, text: text.replaceAll(/\s+/g, ' ').trim() }));
}

function addressOf(page: HelpPage, href: string, { book }: Places): string {
  if (/^(https?:|mailto:|\/)/.test(href)) return href;
  const [file = '', anchor] = href.split('#');
  const target = file === '' ? page : pageAt(book, fileOf(page, file));
  if (!target) throw new Error(`${page.file} leads to ${href}, which is no page of the help`);
  const hash = anchor === undefined ? '' : `#${anchor}`;
  if (anchor !== undefined && !anchorsOf(target).has(anchor))
    throw new Error(`${page.file} leads to ${href}: there is no such heading`);
  return file === '' ? hash : `${target.path}${hash}`;
}

function pageAt({ contents, pages }: Places['book'], file: string): HelpPage | undefined {
  return [contents, ...pages].find((page) => page.file === file);
}

/** Reading a page takes a while, and some are led to hundreds of times. */
const knownAnchors = new WeakMap<HelpPage, ReadonlySet<string>>();

function anchorsOf(page: HelpPage): ReadonlySet<string> {
  const known = knownAnchors.get(page) ?? new Set(passagesOf(page).flatMap(({ heading }) => heading?.id ?? []));
  knownAnchors.set(page, known);
  return known;
}

function unique(anchor: string, taken: Map<string, number>): string {
  const times = taken.get(anchor) ?? 0;
  taken.set(anchor, times + 1);
  return times === 0 ? anchor : `${anchor}-${times}`;
}

type AnyToken = { type: string; raw: string } & Partial<
  Record<'text' | 'tokens' | 'items' | 'header' | 'rows', unknown>
>;

/** The text of inline tokens, without marks. */
function plainText(tokens: readonly { type: string; raw: string }[]): string {
  return tokens.map((token) => allText(token)).join('');
}

/** The text of a token and all that is in it. */
function allText(token: AnyToken): string {
  const { tokens, items, header, rows, text } = token;
  if (Array.isArray(rows))
    return [header, ...rows]
      .flat()
      .map((cell) => allText(cell as AnyToken))
      .join(' ');
  if (Array.isArray(items)) return items.map((item) => allText(item as AnyToken)).join(' ');
  if (Array.isArray(tokens)) {
    const between = ['paragraph', 'heading', 'text', 'strong', 'em', 'link', 'codespan'].includes(token.type)
      ? ''
      : ' ';
    return tokens.map((inner) => allText(inner as AnyToken)).join(between);
  }
  return typeof text === 'string' ? text : '';
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
