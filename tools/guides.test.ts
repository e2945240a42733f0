import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Marked, type Token, type Tokens } from 'marked';
import { describe, expect, test } from 'vitest';
import { SETTING_NAMES } from '../src/config/settings.ts';
import { CHOICE_OF } from '../src/store/mails.ts';
import { readBook, type HelpPage } from '../web/help/book.ts';
import { anchorOf, renderPage, type Picture } from '../web/help/markdown.ts';
import { pictureSize } from '../web/help/picture-size.ts';
import { webTexts } from './web-texts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCS = join(ROOT, 'docs');
const book = readBook(DOCS);
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const inFolder = (...folders: string[]): HelpPage[] =>
  book.pages.filter(({ file }) => folders.some((folder) => file.startsWith(`${folder}/`)));

function tokensOf(markdown: string): Token[] {
  const marked = new Marked();
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => void tokens.push(token));
  return tokens;
}

function codesOf(pages: readonly HelpPage[]): string[] {
  return pages.flatMap(({ markdown }) =>
    tokensOf(markdown).flatMap((token) =>
      token.type === 'codespan' || token.type === 'code' ? String(token['text']) : [],
    ),
  );
}

test('the contents name every page of the guides', () => {
  const files = globSync('{guide,operate}/*.md', { cwd: DOCS }).map((file) => file.replaceAll('\\', '/'));
  expect(
    inFolder('guide', 'operate')
      .map(({ file }) => file)
      .toSorted(),
  ).toEqual(files.toSorted());
});

test.each([book.contents, ...book.pages].map((page) => [page.file, page] as const))(
  'links and pictures of %s lead somewhere',
  (_file, page) => {
    const picture = (file: string): Picture => {
      expect(existsSync(join(DOCS, file)), file).toBe(true);
      return { address: `/${file}`, ...pictureSize(readFileSync(join(DOCS, file))) };
    };
    expect(renderPage(page, { book, picture }).html).toContain('<h1>');
  },
);

test('every picture says what is on it, and is used', () => {
  const used = new Set<string>();
  for (const { file, markdown } of [{ file: '../README.md', markdown: read('README.md') }, ...book.pages]) {
    for (const { text, href } of tokensOf(markdown).filter((token) => token.type === 'image') as Tokens.Image[]) {
      expect(text.length, `${file}: ${href}`).toBeGreaterThan(15);
      used.add(join(DOCS, dirname(file), href));
    }
  }
  const pictures = globSync('images/*', { cwd: DOCS }).map((file) => join(DOCS, file));
  expect(pictures.filter((picture) => !used.has(picture))).toEqual([]);
});

test('pictures are light, and fit beside their words', () => {
  const pictures = globSync('images/*', { cwd: DOCS }).map((file) => readFileSync(join(DOCS, file)));
  expect(pictures.length).toBeGreaterThan(20);
  expect(pictures.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(3_000_000);
  for (const { width, height } of pictures.map(pictureSize)) {
    expect(width).toBeGreaterThan(200);
    expect(width).toBeLessThan(1300);
    expect(height).toBeLessThan(1000);
  }
});

test('links of documents that are not in the help lead somewhere, too', () => {
  const served = new Set([book.contents, ...book.pages].map(({ file }) => `docs/${file}`));
  const files = globSync(['*.md', 'docs/**/*.md', 'simulator/*.md'], { cwd: ROOT }).filter((file) => !served.has(file));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const links = tokensOf(read(file)).filter((token) => token.type === 'link' || token.type === 'image');
    for (const { href } of links as (Tokens.Link | Tokens.Image)[]) {
      if (/^(https?:|mailto:)/.test(href)) continue;
      const [path = '', anchor] = String(href).split('#');
      const target = path === '' ? file : join(dirname(file), path);
      expect(existsSync(join(ROOT, target)), `${file}: ${href}`).toBe(true);
      if (anchor === undefined) continue;
      const anchors = tokensOf(read(target)).flatMap((token) =>
        token.type === 'heading' ? anchorOf(token['text']) : [],
      );
      expect(anchors, `${file}: ${href}`).toContain(anchor);
    }
  }
});

test('pages of the app that guides lead to are there', () => {
  const router = read('web/src/app/router.tsx');
  const paths = inFolder('guide', 'operate').flatMap(({ markdown }) =>
    tokensOf(markdown).flatMap((token) =>
      token.type === 'link' && String(token['href']).startsWith('/') ? String(token['href']) : [],
    ),
  );
  expect(paths).toContain('/settings/calendar');
  for (const path of new Set(paths)) {
    if (path !== '/api/docs/') expect(router).toContain(`path: '${path.slice(1)}'`);
  }
});

// In the guides, bold is what stands on the screen, to the letter.
describe('what the guides call buttons and notices', () => {
  const texts = webTexts(ROOT);
  const isShown = (text: string): boolean => texts.some((pattern) => pattern.test(text));

  test('texts of the app are found', () => {
    expect(isShown('Connect Google Calendar')).toBe(true);
    expect(isShown('Sync now')).toBe(true);
    expect(isShown('Press here to win')).toBe(false);
  });

  test.each(inFolder('guide', 'operate').map((page) => [page.file, page] as const))('in %s', (_file, { markdown }) => {
    const quoted = tokensOf(markdown).flatMap((token) => (token.type === 'strong' ? String(token['text']) : []));
    expect(quoted.filter((text) => !isShown(text))).toEqual([]);
  });
});

describe('what the operator’s guide names exists', () => {
  const codes = codesOf(inFolder('guide', 'operate'));
  const namesIn = (pattern: RegExp): string[] => [...new Set(codes.flatMap((code) => code.match(pattern) ?? []))];

  test('settings', () => {
    const other = ['TOKEN', 'DHCP', 'LISTEN', 'NOTIFY'];
    const named = namesIn(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g).filter((name) => !other.includes(name));
    expect(named.length).toBeGreaterThan(20);
    const known: readonly string[] = SETTING_NAMES;
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('commands', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = namesIn(/(?<=\bnpm run )[\w:-]+/g);
    expect(named).toContain('worker');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const commands = namesIn(/(?<=\bnpm run cli -- )[\w-]+/g);
    expect(commands).toContain('doctor');
    const source = read('src/cli/run-command.ts');
    for (const command of commands) expect(source).toMatch(new RegExp(`^ {2}'?${command}'?: \\{ run:`, 'm'));
  });

  test('measurements', () => {
    const source = ['src/sync-metrics.ts', 'src/mail-metrics.ts', 'src/http/metrics.ts'].map(read).join('\n');
    const defined = [...source.matchAll(/name: '(\w+)'/g)].map(([, name = '']) => name);
    const named = namesIn(/\b(?:valclean|http)_\w+\b/g).map((name) => name.replace(/_(?:bucket|sum|count)$/, ''));
    expect([...new Set(named)].toSorted()).toEqual(defined.toSorted());
  });

  test('kinds of mail', () => {
    const [, section = ''] = read('docs/operate/mail.md').split('## What is sent\n');
    const named = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)`/gm)].map(([, kind = '']) => kind);
    expect(named.toSorted()).toEqual(Object.keys(CHOICE_OF).toSorted());
  });

  test('messages of the log', () => {
    const sources = globSync('src/**/*.ts', { cwd: ROOT }).map(read).join('\n');
    const [, section = ''] = read('docs/operate/monitor.md').split('## Log\n');
    const named = [...section.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) \|/gm)].flatMap(
      ([, cell = '']) => cell.match(/[^`,]{3,}/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(8);
    for (const message of named) expect(sources).toMatch(new RegExp(`logger[^;]*'${RegExp.escape(message)}'`));
  });

  test('calls of the API', () => {
    const document = globSync('src/http/routes/**/*.ts', { cwd: ROOT }).map(read).join('\n');
    const paths = [...document.matchAll(/app\.\w+\(\s*'([^']+)'/g)].map(([, path = '']) =>
      path.replaceAll(/:\w+(?:\([^)]*\))?/g, '*'),
    );
    const named = namesIn(/\/api\/[\w/{}.-]+/g).map((path) =>
      path.replaceAll(/\{\w+\}|\b(?:google|outlook)\b(?=\/)/g, '*'),
    );
    expect(named.length).toBeGreaterThan(3);
    const isKnown = (path: string): boolean => paths.some((known) => known === path || known.startsWith(path));
    expect(named.filter((path) => !isKnown(path) && path !== '/api/docs/')).toEqual([]);
  });
});
