import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-ports.ts';
import { startProcess, type OwnedProcess } from './owned-process.ts';

/** A real CalDAV server in a temporary folder, on a free port of the loopback address. */
export interface CaldavServer {
  /** Without a slash at the end. */
  url: string;
}

const START_LIMIT_MS = 60_000;

/** The servers that tests know, and the Debian packages that bring them. */
const PROGRAMS = { radicale: 'radicale', xandikos: 'xandikos' } as const;

export type ServerName = keyof typeof PROGRAMS;

/** The program of a server; `null` when it is not on this machine. */
export function findServer(name: ServerName): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/bin'];
  return folders.map((folder) => path.join(folder, PROGRAMS[name])).find((file) => fs.existsSync(file)) ?? null;
}

/**
 * Starts Radicale with these people in it, each with their password.
 * @param cleanup ends it and removes its folder, also when it does not start or the test gives up before
 * @throws when it is not installed, or does not start
 */
export function startRadicale(
  people: Readonly<Record<string, string>>,
  cleanup: AsyncDisposableStack,
): Promise<CaldavServer> {
  return startServer(serverOf('radicale'), cleanup, (folder, port) => {
    const users = path.join(folder, 'users');
    const lines = Object.entries(people).map(([user, password]) => `${user}:${password}\n`);
    fs.writeFileSync(users, lines.join(''));
    const config = path.join(folder, 'config');
    fs.writeFileSync(
      config,
      [
        `[server]\nhosts = 127.0.0.1:${port}\n`,
        `[auth]\ntype = htpasswd\nhtpasswd_filename = ${users}\nhtpasswd_encryption = plain\ndelay = 0\n`,
        `[storage]\nfilesystem_folder = ${path.join(folder, 'collections')}\n`,
        '[logging]\nlevel = error\n',
      ].join('\n'),
    );
    return ['--config', config];
  });
}

/**
 * Starts Xandikos. It has one person, `/user/`, and asks for no password.
 * @param cleanup as of {@link startRadicale}
 * @throws when it is not installed, or does not start
 */
export function startXandikos(cleanup: AsyncDisposableStack): Promise<CaldavServer> {
  return startServer(serverOf('xandikos'), cleanup, (folder, port) => [
    ...['-d', path.join(folder, 'collections'), '--defaults'],
    ...['-l', '127.0.0.1', '-p', String(port)],
  ]);
}

function serverOf(name: ServerName): { name: string; program: string | null; user: string } {
  return { name, program: findServer(name), user: 'nobody' };
}

/**
 * Starts a server in a folder of its own.
 * @param user that it runs as when we are root: one that strangers can reach should not be root either
 * @param prepare writes into the folder what it needs, and gives the arguments
 * @throws when it is not installed, or does not start
 */
export async function startServer(
  { name, program, user }: { name: string; program: string | null; user: string },
  cleanup: AsyncDisposableStack,
  prepare: (folder: string, port: number) => string[],
): Promise<CaldavServer> {
  if (program === null) throw new Error(`${name} is not installed`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `valclean-${name}-`));
  cleanup.defer(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const port = await freePort();
  const args = prepare(folder, port);
  const ids = process.getuid?.() === 0 ? idsOf(user) : null;
  if (ids)
    for (const file of ['', ...fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })])
      fs.chownSync(path.join(folder, file), ids.uid, ids.gid);
  const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' };
  const running = startProcess(program, args, { ...ids, cwd: folder, env }, cleanup);
  if (await listens(port, running)) return { url: `http://127.0.0.1:${port}` };
  throw new Error(`${name} does not start: ${running.said()}`);
}

function idsOf(user: string): { uid: number; gid: number } | null {
  const users = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  const [, , uid, gid] = users.find((line) => line.startsWith(`${user}:`))?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

async function listens(port: number, running: OwnedProcess): Promise<boolean> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (!running.hasEnded() && Date.now() < deadline) {
    if (await accepts(port)) return true;
    await pause(50);
  }
  return false;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
