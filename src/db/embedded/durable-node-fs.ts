import fs from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { fsyncPath } from './fsync.ts';

/** The part of Emscripten's module that the hook touches; PGlite's types leave NODEFS out. */
interface NodeFsModule {
  NODEFS?: {
    stream_ops?: { write?: unknown; fsync?: (stream: { nfd?: number; node: unknown }) => number };
    realPath(node: unknown): string;
  };
}

/**
 * PGlite's file system with the one thing it lacks: fsync. Without it "synced" WAL ends in the page cache, and a power cut
 * loses acknowledged transactions. The start-up check (`self-check.ts`) watches `fsyncs` to see that the hook is called.
 */
export class DurableNodeFS extends NodeFS {
  fsyncs = 0;
  readonly #onFailure: (error: unknown) => void;

  /** `onFailure` must end the thread: after a failed fsync the kernel may have dropped the pages, so nothing may be acknowledged. */
  constructor(directory: string, onFailure: (error: unknown) => void) {
    super(directory);
    this.#onFailure = onFailure;
  }

  override async init(...[pg, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const ready = await super.init(pg, options);
    const { emscriptenOpts } = ready;
    emscriptenOpts.preRun = [
      ...asArray(emscriptenOpts.preRun),
      (module: unknown) => this.#addFsync(module as NodeFsModule),
    ];
    return ready;
  }

  #addFsync({ NODEFS }: NodeFsModule): void {
    const operations = NODEFS?.stream_ops;
    if (!NODEFS || !operations?.write) return; // PGlite has changed: the start-up check will refuse to run.
    operations.fsync = (stream) => {
      try {
        if (stream.nfd === undefined) fsyncPath(NODEFS.realPath(stream.node));
        else fs.fsyncSync(stream.nfd);
      } catch (error) {
        this.#onFailure(error);
      }
      this.fsyncs++;
      return 0;
    };
  }
}

function asArray<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
