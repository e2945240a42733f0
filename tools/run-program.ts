import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface Ran {
  passed: boolean;
  seconds: number;
  /** What it wrote, its complaints last. */
  output: string;
}

/** Runs a program of Node in the root folder; `args` begins with its path from there. Its output is kept, so that programs that run side by side don't mix theirs. */
export async function runProgram(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { passed: code === 0, seconds: (performance.now() - started) / 1000, output: `${out}${err}` };
}
