import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createLogger } from 'vite';

/* Builds the web app when what it is made from has changed since the last build. */

const root = fileURLToPath(new URL('..', import.meta.url));
const STAMP = `${root}web/dist/.built-from`;

const WHAT = [
  'web/*.*',
  'web/public/**/*',
  'web/src/**/*',
  'web/help/**/*',
  'docs/**/*',
  'src/api-contract/*.ts',
  'vite.config.ts',
  'package-lock.json',
];
const sources = globSync(WHAT, { cwd: root, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .toSorted();
const hash = createHash('sha256');
for (const file of sources) hash.update(file.slice(root.length)).update(readFileSync(file));
const digest = hash.digest('hex');

if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== digest) {
  // Whoever builds it, also a test, builds what people get: React is many times slower in its development build.
  process.env['NODE_ENV'] = 'production';
  process.stdout.write('Building the web app; this takes up to a minute, and only when something has changed.\n');
  await build({ configFile: `${root}vite.config.ts`, logLevel: 'warn', customLogger: withoutFalseAlarm() });
  writeFileSync(STAMP, digest);
}

/** A plugin of Mantine's parses pieces of its own without saying where they come from; no file of ours is concerned. */
function withoutFalseAlarm(): ReturnType<typeof createLogger> {
  const logger = createLogger('warn');
  const { warn, warnOnce } = logger;
  const isFalse = (message: string): boolean => message.includes('did not pass the `from` option');
  logger.warn = (message, options) => {
    if (!isFalse(message)) warn(message, options);
  };
  logger.warnOnce = (message, options) => {
    if (!isFalse(message)) warnOnce(message, options);
  };
  return logger;
}
