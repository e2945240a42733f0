import { Duplex } from 'node:stream';
import type { ToWorker } from './messages.ts';

/** Stands where the driver expects a TCP socket: its bytes travel over the worker's message port. */
export class WorkerStream extends Duplex {
  readonly id: number;
  readonly #background: boolean;
  readonly #post: (message: ToWorker) => void;

  constructor(id: number, background: boolean, post: (message: ToWorker) => void) {
    super();
    this.id = id;
    this.#background = background;
    this.#post = post;
  }

  /** As `net.Socket.connect`; the driver waits for 'connect'. */
  connect(): this {
    this.#post({ kind: 'connect', id: this.id, background: this.#background });
    process.nextTick(() => this.emit('connect'));
    return this;
  }

  // The driver calls these on sockets.
  setNoDelay(): void {}
  setKeepAlive(): void {}
  ref(): void {}
  unref(): void {}

  /** Bytes from the worker. */
  deliver(bytes: Uint8Array): void {
    this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#post({ kind: 'data', id: this.id, bytes: new Uint8Array(chunk) });
    callback();
  }

  override _writev(chunks: { chunk: Buffer }[], callback: (error?: Error | null) => void): void {
    this.#post({ kind: 'data', id: this.id, bytes: new Uint8Array(Buffer.concat(chunks.map(({ chunk }) => chunk))) });
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#post({ kind: 'disconnect', id: this.id });
    callback(error);
  }
}
