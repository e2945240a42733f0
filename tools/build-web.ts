import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/* Builds the web app when what it is made from has changed since the last build. */

const root = fileURLToPath(new URL('..', import.meta.url));
const STAMP = `${root}web/dist/.built-from`;

const sources = globSync(['web/**/*', 'src/api-contract/*.ts', 'vite.config.ts', 'package-lock.json'], {
  cwd: root,
  exclude: (path) => path.startsWith('web/dist'),
  withFileTypes: true,
})
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`)
  .toSorted();
const hash = createHash('sha256');
for (const file of sources) hash.update(file.slice(root.length)).update(readFileSync(file));
const digest = hash.digest('hex');

if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== digest) {
  await build({ configFile: `${root}vite.config.ts`, logLevel: 'warn' });
  writeFileSync(STAMP, digest);
}
