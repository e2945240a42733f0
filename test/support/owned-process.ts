import { spawn, type ChildProcessByStdio, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** Somebody else's program that runs for a test. */
export interface OwnedProcess {
  /** The end of what it has printed. */
  said(): string;
  hasEnded(): boolean;
  /** Asks it to end, and makes it end if it doesn't within this time. */
  stop(limitMs?: number): Promise<void>;
}

/** For a program to end when it is asked to. */
const STOP_LIMIT_MS = 20_000;

/**
 * Starts a program.
 * @param cleanup stops it, whatever happens from here on
 * @throws ReferenceError when the cleaning up is over already, because the test has given up; then nothing was started
 */
export function startProcess(
  program: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'>,
  cleanup: AsyncDisposableStack,
): OwnedProcess {
  let child: ChildProcessByStdio<null, Readable, Readable> | null = null;
  const kill = (): void => void child?.kill('SIGKILL');
  const hasEnded = (): boolean => child === null || child.exitCode !== null || child.signalCode !== null;
  const stop = async (limitMs = STOP_LIMIT_MS): Promise<void> => {
    process.off('exit', kill);
    if (child === null || hasEnded()) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const impatience = setTimeout(kill, limitMs);
    await ended;
    clearTimeout(impatience);
  };
  cleanup.defer(() => stop());
  // Where the tests' own process ends before it cleans up.
  process.once('exit', kill);
  child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => words.push(text));
  return { said: () => words.join('').slice(-2_000), hasEnded, stop };
}
