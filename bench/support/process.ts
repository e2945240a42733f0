import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A process of the product as people run it. */
export interface ProductProcess {
  pid: number;
  /** Ends it in order. @throws when it does not end well */
  stop(): Promise<void>;
}

/** Starts `node src/main.ts serve` and resolves as soon as it says that it is ready. @throws with its log */
export async function startWhole(settings: Readonly<Record<string, string>>): Promise<ProductProcess> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    cwd: settings.DATA_DIR,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH, HOME, NODE_ENV: 'test', LOG_LEVEL: 'info', ...settings },
  });
  const ended = once(child, 'exit');
  const ready = Promise.withResolvers<void>();
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (said.length < 100_000) said += chunk.toString();
    if (said.includes('"msg":"ready"')) ready.resolve();
  });
  void ended.then(() => ready.reject(new Error(`it ended before it was ready:\n${said}`)));
  await ready.promise;
  return {
    pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      if (child.exitCode !== 0) throw new Error(`it ended with ${child.exitCode ?? child.signalCode}:\n${said}`);
    },
  };
}
