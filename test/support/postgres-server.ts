import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-ports.ts';

/** A PostgreSQL server of our own, in a temporary folder, on a free port of the loopback address. */
export interface TemporaryPostgres {
  /** Of the `postgres` database, as a superuser without password. */
  url: string;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

export interface TemporaryPostgresOptions {
  /** `false` is faster; only where no test cuts the power or kills the server. Default `true`. */
  fsync?: boolean;
}

const START_LIMIT_MS = 30_000;
const MOST_ATTEMPTS = 3;

/** Starts a server; `null` when PostgreSQL's programs are not on this machine. */
export async function startTemporaryPostgres(
  options: TemporaryPostgresOptions = {},
): Promise<TemporaryPostgres | null> {
  const programs = findPrograms();
  if (!programs) return null;
  const user = unprivilegedUser();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'valclean-postgres-'));
  if (user) fs.chownSync(folder, user.uid, user.gid);
  const dataDir = path.join(folder, 'data');
  const locale = ['--encoding=UTF8', '--locale=C'];
  execFileSync(
    path.join(programs, 'initdb'),
    ['--pgdata', dataDir, '--username=postgres', '--auth=trust', '--no-sync', ...locale],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const server = await startServer(path.join(programs, 'postgres'), dataDir, user, options);
  // Whoever forgets `stop`, or fails before it, leaves no server behind.
  const kill = (): boolean => server.child.kill('SIGQUIT');
  process.once('exit', kill);
  return {
    url: server.url,
    stop: async () => {
      process.off('exit', kill);
      await stopServer(server.child);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder that holds `initdb` and `postgres`: Debian keeps them off PATH. */
function findPrograms(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = fs.existsSync(debian) ? fs.readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ];
  return (
    folders.find((folder) => ['initdb', 'postgres'].every((name) => fs.existsSync(path.join(folder, name)))) ?? null
  );
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const users = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no user "postgres" or "nobody"');
}

async function startServer(
  program: string,
  dataDir: string,
  user: { uid: number; gid: number } | null,
  { fsync = true }: TemporaryPostgresOptions,
): Promise<{ child: ChildProcess; url: string }> {
  const settings = [
    `fsync=${fsync ? 'on' : 'off'}`,
    'unix_socket_directories=',
    'listen_addresses=127.0.0.1',
    'max_connections=200',
  ];
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const child = spawn(
      program,
      ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
      {
        ...user,
        cwd: dataDir,
        stdio: 'ignore',
      },
    );
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    if (await answers(url, child)) return { child, url };
    // Another process may have taken the port in between.
    if (attempt === MOST_ATTEMPTS) throw new Error(`${program} does not start in ${dataDir}`);
  }
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (child.exitCode === null && Date.now() < deadline) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      return true;
    } catch {
      await pause(50); // not listening yet
    } finally {
      await client.end();
    }
  }
  return false;
}

/** SIGINT is PostgreSQL's fast shutdown: it does not wait for clients. */
async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await exited;
}
