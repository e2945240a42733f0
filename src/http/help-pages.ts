import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LOGO_PATH, withBusinessIcon, withBusinessName, type Business } from './business-page.ts';
import type { Encoding } from './taken-encoding.ts';

/** A page of the help, with the name and the logo of the business in it. */
export interface HelpPage {
  /** With their quotes (RFC 9110 §8.8.3). */
  tags: Readonly<Record<Encoding, string>>;
  bytes(encoding: Encoding): Promise<Buffer>;
}

export interface HelpPages {
  /** By their addresses below `/help/`, without slashes at the ends: `guide/book`; the contents are at nothing. */
  pages: ReadonlyMap<string, HelpPage>;
  /** Shown where there is none. */
  missing: HelpPage;
}

/** Where the part begins that is the page's own. */
const MAIN = '<main';
const OUR_MARK = /<svg class="mark"[^]*?<\/svg>/;

/** Reads what the build has made of the help. @param root folder of the built web app */
export async function readHelp(root: string, business: Business): Promise<HelpPages> {
  const folder = join(root, 'help');
  const pages = new Map<string, HelpPage>();
  for await (const file of glob('**/index.html', { cwd: folder })) {
    const path = file.replaceAll('\\', '/').replace(/\/?index\.html$/, '');
    pages.set(path, helpPage(await readFile(join(folder, file), 'utf8'), isForEverybody(path), business));
  }
  return { pages, missing: helpPage(await readFile(join(folder, '404.html'), 'utf8'), true, business) };
}

/** The pages for those who run it tell of the program, which keeps its name. */
function isForEverybody(path: string): boolean {
  return path === '' || path.startsWith('guide/');
}

function helpPage(built: string, forEverybody: boolean, { name, logo }: Business): HelpPage {
  const [head = ''] = built.split(MAIN, 1);
  const cut = forEverybody ? built.length : head.length;
  const named = withBusinessName(built.slice(0, cut), name) + built.slice(cut);
  const marked = logo === null ? named : named.replace(OUR_MARK, `<img class="mark" src="${LOGO_PATH}" alt="">`);
  return keptPage(withBusinessIcon(marked, logo));
}

/** The best quality of Brotli takes five times as long as this one for a fiftieth less. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const compress = {
  identity: (bytes: Buffer) => Promise.resolve(bytes),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, BROTLI),
} as const satisfies Record<Encoding, (bytes: Buffer) => Promise<Buffer>>;

/** Compressed when it is first asked for: few people read all of the help. */
function keptPage(html: string): HelpPage {
  const plain = Buffer.from(html);
  const hash = createHash('sha256').update(plain).digest('base64url');
  const kept = new Map<Encoding, Promise<Buffer>>();
  return {
    tags: { identity: `"${hash}"`, gzip: `"${hash}-gzip"`, br: `"${hash}-br"` },
    bytes(encoding) {
      const bytes = kept.get(encoding) ?? compress[encoding](plain);
      kept.set(encoding, bytes);
      return bytes;
    },
  };
}
