import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * One side of a comparison in a process of its own, so that neither its memory nor its CPU time is counted with another's.
 * What it can do is a record of jobs; arguments and answers are copied between the processes.
 */
export interface Side<J extends Jobs> {
  /** Has a job done. @throws what it threw there, as text; or that the process has ended */
  call<N extends keyof J & string>(name: N, ...argument: Parameters<J[N]>): Promise<Awaited<ReturnType<J[N]>>>;
  /** Ends the process in order. */
  close(): Promise<void>;
}

type Jobs = Record<string, (argument: never) => unknown>;

interface Call {
  id: number;
  name: string;
  argument: unknown;
}

type Answer = { id: number; value: unknown } | { id: number; error: string };

/** Set it to a folder to have every side write a CPU profile there when it ends (one for each of its threads). */
const PROFILE_FOLDER = process.env.BENCH_CPU_PROF;

/** Starts a file of `bench/sides`. */
export function startSide<J extends Jobs>(file: `${string}-process.ts`): Side<J> {
  const child = fork(fileURLToPath(new URL(`../sides/${file}`, import.meta.url)), {
    serialization: 'advanced',
    execArgv: PROFILE_FOLDER ? ['--cpu-prof', `--cpu-prof-dir=${PROFILE_FOLDER}`] : [],
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  child.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('error' in answer) asked?.reject(new Error(`${file}: ${answer.error}`));
    else asked?.resolve(answer.value);
  });
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended with ${code ?? signal}`));
    waiting.clear();
  });
  return {
    call<N extends keyof J & string>(name: N, ...[argument]: Parameters<J[N]>) {
      const id = (lastId += 1);
      const answered = Promise.withResolvers<unknown>();
      waiting.set(id, answered);
      child.send({ id, name, argument } satisfies Call);
      return answered.promise as Promise<Awaited<ReturnType<J[N]>>>;
    },
    close: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}

/** Makes the process that runs this a side. `close` is called when the bench is done with it. */
export function serveSide(jobs: Jobs, close: () => Promise<void> = async () => {}): void {
  process.on('message', (call: Call) => void answer(jobs, call));
  process.once('disconnect', () => void close().finally(() => process.exit(0)));
}

async function answer(jobs: Jobs, { id, name, argument }: Call): Promise<void> {
  const job = jobs[name] as ((argument: unknown) => unknown) | undefined;
  try {
    if (!job) throw new Error(`there is no job "${name}"`);
    process.send?.({ id, value: await job(argument) } satisfies Answer);
  } catch (error) {
    process.send?.({
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    } satisfies Answer);
  }
}
