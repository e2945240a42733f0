import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Effort } from './effort.ts';

const run = promisify(execFile);

/** Whether the program is on this machine (Debian's package of the same name). */
export async function hasVdirsyncer(): Promise<boolean> {
  return run('vdirsyncer', ['--version']).then(
    () => true,
    () => false,
  );
}

/**
 * Has vdirsyncer copy a folder of objects into an empty calendar, as it does when it runs for the first time.
 * @param calendar address of the calendar
 * @throws with what the program says
 */
export async function fillByVdirsyncer(
  calendar: string,
  account: { username: string; password: string },
  objects: readonly string[],
): Promise<Effort> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'valclean-vdirsyncer-'));
  try {
    fs.mkdirSync(path.join(folder, 'events'));
    for (const [at, text] of objects.entries()) fs.writeFileSync(path.join(folder, 'events', `vdir-${at}.ics`), text);
    const quoted = JSON.stringify;
    const lines = [
      ...['[general]', `status_path = ${quoted(path.join(folder, 'status'))}`],
      ...['[pair p]', 'a = "here"', 'b = "there"', 'collections = null'],
      ...['[storage here]', 'type = "filesystem"', `path = ${quoted(path.join(folder, 'events'))}`, 'fileext = ".ics"'],
      ...['[storage there]', 'type = "caldav"', `url = ${quoted(calendar)}`],
      ...[`username = ${quoted(account.username)}`, `password = ${quoted(account.password)}`],
    ];
    const config = path.join(folder, 'config');
    fs.writeFileSync(config, `${lines.join('\n')}\n`);
    const env = { ...process.env, VDIRSYNCER_CONFIG: config, LC_ALL: 'C.UTF-8' };
    await run('vdirsyncer', ['discover'], { env });
    const begun = performance.now();
    await run('vdirsyncer', ['sync'], { env });
    return { events: objects.length, tookMs: performance.now() - begun, cpuMs: 0 };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
