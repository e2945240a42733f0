import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

/** A browser, or why there is none. */
export type FoundBrowser = { browser: Browser; reason: null } | { browser: null; reason: string };

const run = promisify(execFile);
const PACKAGE = new URL('../../node_modules/@sparticuz/chromium/package.json', import.meta.url);
/** Of `@sparticuz/chromium`: looks like Amazon's Lambda, so that the libraries which a bare system lacks are unpacked, too. */
const UNPACK_ENV = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
const UNPACK = `process.stdout.write(await (await import('@sparticuz/chromium')).default.executablePath());`;

/**
 * Starts headless Chromium: that of `CHROMIUM_PATH`, or the one that comes as a package. Call `browser.close()` at the end.
 * @throws when it can't be started and `REQUIRE_BROWSER=1` says that it must be
 */
export async function openBrowser(): Promise<FoundBrowser> {
  try {
    return { browser: await launch(), reason: null };
  } catch (error) {
    if (process.env.REQUIRE_BROWSER === '1') throw error;
    return { browser: null, reason: `No browser: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function launch(): Promise<Browser> {
  const given = process.env.CHROMIUM_PATH;
  if (given) return start(given, {});
  const folder = await unpackedChromium();
  const executable = path.join(folder, 'chromium');
  const env = { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') };
  try {
    return await start(executable, env);
  } catch {
    // The system may lack libraries; those of the package are older than what a system has, so they come second.
    return start(executable, { ...env, LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') });
  }
}

function start(executablePath: string, env: Record<string, string>): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    // Fields for days and times go by the language of the browser, which is that of its environment.
    env: { ...process.env, LC_ALL: 'en_GB.UTF-8', ...env },
    args: ['--font-render-hinting=none', ...(isRoot ? ['--no-sandbox'] : [])],
  });
}

/** Made aside and renamed, once per version: test files that start at once get one of them, whole. */
async function unpackedChromium(): Promise<string> {
  const { version } = JSON.parse(fs.readFileSync(PACKAGE, 'utf8')) as { version: string };
  const place = path.join(os.tmpdir(), `valclean-chromium-${version}-${process.arch}`);
  if (fs.existsSync(place)) return place;
  const fresh = fs.mkdtempSync(`${place}-`);
  const cwd = fileURLToPath(new URL('.', PACKAGE));
  const env = { ...process.env, ...UNPACK_ENV, TMPDIR: fresh };
  await run(process.execPath, ['--input-type=module', '--eval', UNPACK], { cwd, env });
  fs.writeFileSync(path.join(fresh, 'fonts.conf'), fontsConf(path.join(place, 'fonts')));
  try {
    fs.renameSync(fresh, place);
  } catch (error) {
    if (!fs.existsSync(place)) throw error;
    fs.rmSync(fresh, { recursive: true, force: true });
  }
  return place;
}

/** The system's fonts, and one that is always there. */
function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir>${folder}-cache</cachedir>
</fontconfig>
`;
}
