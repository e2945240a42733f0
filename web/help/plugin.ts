import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { theme } from '../src/app/theme.ts';
import { readBook } from './book.ts';
import { framePage, frameMissing, type HelpFiles } from './frame.ts';
import { renderPage, type Picture } from './markdown.ts';
import { pictureSize } from './picture-size.ts';
import { searchIndex } from './search-index.ts';

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));
const SCRIPT = fileURLToPath(new URL('../src/help/help.ts', import.meta.url));
const BASE_STYLES = fileURLToPath(new URL('../src/app/base.css', import.meta.url));
const COLOURS = 'virtual:help-colours.css';

/** Makes the pages under `/help/` from the Markdown in `docs` while the web app is built. */
export function helpPages(): Plugin {
  let script = '';
  return {
    name: 'help-pages',
    apply: 'build',
    resolveId: (id) => (id === COLOURS ? `\0${COLOURS}` : undefined),
    load: (id) => (id === `\0${COLOURS}` ? colours(readFileSync(BASE_STYLES, 'utf8')) : undefined),
    buildStart() {
      script = this.emitFile({ type: 'chunk', id: SCRIPT, name: 'help' });
    },
    generateBundle(_options, bundle) {
      const book = readBook(DOCS);
      const emit = (name: string, source: string | Buffer): string =>
        `/${this.getFileName(this.emitFile({ type: 'asset', name, source }))}`;
      const chunk = bundle[this.getFileName(script)];
      if (chunk?.type !== 'chunk') throw new Error('The script of the help was not built');
      const styles = [...(chunk.viteMetadata?.importedCss ?? [])].map((name) => `/${name}`);
      if (styles.length === 0) throw new Error('The help has no styles');
      const files: HelpFiles = {
        script: `/${chunk.fileName}`,
        styles,
        index: emit('help.json', JSON.stringify(searchIndex(book))),
      };
      const picture = (file: string): Picture => {
        const place = join(DOCS, file);
        if (!existsSync(place)) throw new Error(`There is no picture ${file}`);
        const bytes = readFileSync(place);
        return { address: emit(basename(file), bytes), ...pictureSize(bytes) };
      };
      const write = (path: string, source: string): void =>
        void this.emitFile({ type: 'asset', fileName: path.slice(1), source });
      for (const page of [book.contents, ...book.pages]) {
        write(`${page.path}index.html`, framePage(page, renderPage(page, { book, picture }), book, files));
      }
      write('/help/404.html', frameMissing(book, files));
    },
  };
}

/** The app's own colours, chosen by the browser instead of by script. @throws when `base.css` no longer has them */
function colours(styles: string): string {
  const of = (scheme: 'light' | 'dark'): string => {
    const [, block = ''] =
      new RegExp(`^:root\\[data-mantine-color-scheme='${scheme}'\\] \\{([^}]*)\\}`, 'm').exec(styles) ?? [];
    const own = block.split('\n').filter((line) => /^\s+--(?!mantine)/.test(line));
    if (own.length < 10) throw new Error(`base.css has no colours for the ${scheme} scheme`);
    return own.join('\n');
  };
  const pine = theme.colors?.['pine']?.map((value, shade) => `  --pine-${shade}: ${value};`).join('\n');
  return `:root {\n${pine}\n  --font: ${theme.fontFamily};\n${of('light')}\n}\n@media (prefers-color-scheme: dark) {\n:root {\n${of('dark')}\n}\n}\n`;
}
