import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BUILD = fileURLToPath(new URL('../../tools/build-web.ts', import.meta.url));
const WAIT_MS = 100;

/** Builds the web app when it is stale. Test files run side by side and share one build folder, so one builds at a time. */
export async function buildWeb(): Promise<void> {
  const lock = path.join(os.tmpdir(), `valclean-build-${Buffer.from(BUILD).toString('base64url')}`);
  while (!takeLock(lock)) await pause(WAIT_MS);
  try {
    await run(process.execPath, [BUILD]);
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

/** The lock names its process: what a killed one left behind is taken over. */
function takeLock(lock: string): boolean {
  try {
    fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (!isHeld(lock)) fs.rmSync(lock, { force: true });
  return false;
}

function isHeld(lock: string): boolean {
  try {
    const holder = Number(fs.readFileSync(lock, 'utf8'));
    // Empty for the moment between making and writing the file.
    if (holder > 0) process.kill(holder, 0);
    return true;
  } catch {
    return false; // gone, or its process is
  }
}
