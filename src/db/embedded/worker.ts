import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { describe, type Engine, openEngine } from './engine.ts';
import { beginGroupCommit, type Flush } from './group-commit.ts';
import { Maintenance } from './maintenance.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './messages.ts';
import { checkDurability } from './self-check.ts';
import { CHECKS_PER_LIMIT, SharedSession } from './shared-session.ts';

// The thread of the embedded database; `server.ts` starts it and holds the folder's lock.

const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread');

const { dataDir, limits } = workerData as WorkerOptions;
const { engine, flush } = await open();
const maintenance = new Maintenance(engine.pg);
const session = new SharedSession(
  {
    run: runOrDie,
    flush: () => flush().catch((error: unknown) => die(`the engine failed: ${describe(error)}`)),
    isInTransaction: () => engine.pg.isInTransaction(),
    maintain: (isQuiet) => maintenance.run(performance.now(), isQuiet),
  },
  post,
);
const timers = [
  setInterval(maintain, limits.maintenanceMs),
  setInterval(checkOwner, limits.idleTransactionMs / CHECKS_PER_LIMIT),
];

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'connect':
      return session.connect(message.id, message.background);
    case 'data':
      return session.receive(message.id, message.bytes);
    case 'disconnect':
      return session.disconnect(message.id);
    case 'stop':
      return void stop();
  }
});
post({ kind: 'ready' });

async function open(): Promise<{ engine: Engine; flush: Flush }> {
  try {
    const opened = await openEngine(dataDir, die);
    await checkDurability(opened);
    return { engine: opened, flush: await beginGroupCommit(opened) };
  } catch (error) {
    return die(describe(error));
  }
}

/** Statements that fail answer so; what throws here has broken the engine. */
async function runOrDie(bytes: Uint8Array, onAnswer: (piece: Uint8Array) => void): Promise<void> {
  try {
    await engine.pg.execProtocolRawStream(bytes, { syncToFs: false, onRawData: onAnswer });
  } catch (error) {
    die(`the engine failed: ${describe(error)}`);
  }
}

function post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}

async function maintain(): Promise<void> {
  try {
    await session.maintain();
  } catch (error) {
    post({ kind: 'warning', message: 'maintenance of the embedded database failed', details: { error } });
  }
}

function checkOwner(): void {
  session.checkOwner();
}

async function stop(): Promise<void> {
  for (const timer of timers) clearInterval(timer);
  session.disconnectAll();
  await session.between(async () => {
    await engine.pg.exec('checkpoint');
    await engine.pg.close();
  });
  process.exit(0); // Ends the thread; PGlite leaves handles behind that would keep it alive.
}

/** Ends the thread at once, in the middle of whatever it does. */
function die(reason: string): never {
  post({ kind: 'fatal', reason });
  process.exit(1);
}
