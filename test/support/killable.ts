import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Far more than a start takes; a machine that runs other tests beside it may need much of it. */
const READY_WITHIN_MS = 180_000;

/** A process of the product that can be killed at any moment. */
export interface Killable {
  /** `kill -9`: nothing is answered, nothing is given back. */
  kill(): Promise<void>;
  /** Ends it in order. @throws when it does not end well */
  stop(): Promise<void>;
  /** What it said so far. */
  said(): string;
}

/** Addresses that it listens on; `null` for a worker. */
export interface Ready {
  api: string | null;
  web: string | null;
}

/** Starts `node src/main.ts <command>` and waits for the log line that says that it is ready. @throws with its log */
export async function startKillable(
  command: 'serve' | 'api' | 'worker',
  settings: Readonly<Record<string, string>>,
): Promise<Killable & { ready: Ready }> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(process.execPath, [MAIN, command], {
    cwd: settings.DATA_DIR,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), NODE_ENV: 'test', LOG_LEVEL: 'info', ...settings },
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const said = (): string => Buffer.concat(chunks).toString();
  const ended = once(child, 'exit');
  try {
    const ready = await readyLine(child, said);
    return { ready, said, kill: () => kill(child, ended), stop: () => stop(child, ended, said) };
  } catch (error) {
    await kill(child, ended);
    throw new Error(`"${command}" did not start:\n${said()}`, { cause: error });
  }
}

async function readyLine(child: ChildProcess, said: () => string): Promise<Ready> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    const line = said()
      .split('\n')
      .find((text) => text.includes('"msg":"ready"'));
    if (line !== undefined) return JSON.parse(line) as Ready;
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}`);
    await pause(20);
  }
  throw new Error(`It did not get ready within ${READY_WITHIN_MS / 1000} seconds`);
}

async function kill(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

async function stop(child: ChildProcess, ended: Promise<unknown>, said: () => string): Promise<void> {
  child.kill('SIGTERM');
  await ended;
  if (child.exitCode !== 0) throw new Error(`It ended with ${child.exitCode ?? child.signalCode}:\n${said()}`);
}
