import { isSingleStatement, join, message } from './wire.ts';

/** Enough for every statement of the program, which has under two hundred. */
const MOST_KEPT = 300;
/** Statements that came once; those that come once more are kept. */
const MOST_REMEMBERED = 1_000;

const BIND = 0x42; // B
const DESCRIBE = 0x44; // D
const STATEMENT = 0x53; // S
const PARSE_COMPLETE = 0x31; // 1

/** A request as the engine shall run it. */
export interface Prepared {
  bytes: Uint8Array;
  /** To be handed out in front of what the engine answers. */
  prefix: Uint8Array<ArrayBuffer> | null;
  /** To be told how the answer begins, when the engine was asked to keep the statement. */
  answered: ((firstByte: number) => void) | null;
}

/**
 * Keeps statements prepared in the session that all clients share. Reading and planning a statement takes PGlite five times
 * as long as running it (0.5 to 2 ms of 2.5, measured), and the driver sends every statement anew. Clients see no
 * difference: they send the unnamed statement, and get the answers to it.
 */
export class KeptStatements {
  /** Names by statement (its text and parameter types), the least recently used first. */
  readonly #names = new Map<string, string>();
  readonly #seenOnce = new Set<string>();
  /** Names of which it is not known whether they came into being. */
  #doubtful: string[] = [];
  #lastName = 0;

  /** Turns a request of one unnamed statement into one of a kept statement, or leaves it as it is. */
  prepare(request: Uint8Array): Prepared {
    const bytes = Buffer.from(request.buffer, request.byteOffset, request.byteLength);
    const asIs: Prepared = { bytes: request, prefix: null, answered: null };
    if (!isSingleStatement(request)) return asIs;
    const bindAt = 1 + bytes.readInt32BE(1);
    if (bytes[bindAt] !== BIND || describesStatement(bytes, bindAt)) return asIs;
    const statement = bytes.toString('latin1', 6, bindAt);
    const known = this.#names.get(statement);
    if (known !== undefined) {
      this.#names.delete(statement);
      this.#names.set(statement, known);
      return { bytes: withName(bytes, bindAt, known), prefix: message('1', []), answered: null };
    }
    if (!this.#isSeenAgain(statement)) return asIs;
    this.#lastName += 1;
    const name = `kept${this.#lastName}`;
    return {
      bytes: join(
        message('P', Buffer.concat([Buffer.from(name), bytes.subarray(5, bindAt)])),
        withName(bytes, bindAt, name),
      ),
      prefix: null,
      answered: (firstByte) => {
        if (firstByte === PARSE_COMPLETE) this.#names.set(statement, name);
        else this.#doubtful.push(name);
      },
    };
  }

  /** Messages that let go of what is too much, for the engine to run by themselves; null: nothing is. */
  surplus(): Uint8Array<ArrayBuffer> | null {
    return this.#letGo(Math.max(0, this.#names.size - MOST_KEPT));
  }

  /** The same for everything: columns may have changed. */
  forget(): Uint8Array<ArrayBuffer> | null {
    return this.#letGo(this.#names.size);
  }

  /** Closing a name that does not exist is no error. */
  #letGo(count: number): Uint8Array<ArrayBuffer> | null {
    const oldest = [...this.#names].slice(0, count);
    for (const [statement] of oldest) this.#names.delete(statement);
    const names = [...this.#doubtful.splice(0), ...oldest.map(([, name]) => name)];
    if (names.length === 0) return null;
    return join(...names.map((name) => message('C', Buffer.from(`S${name}\0`))), message('S', []));
  }

  #isSeenAgain(statement: string): boolean {
    if (this.#seenOnce.delete(statement)) return true;
    if (this.#seenOnce.size >= MOST_REMEMBERED) this.#seenOnce.clear();
    this.#seenOnce.add(statement);
    return false;
  }
}

/** Whether a Describe asks for the statement instead of the portal: it would have to be renamed too, and nobody sends it. */
function describesStatement(bytes: Buffer, from: number): boolean {
  for (let at = from; at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    if (bytes[at] === DESCRIBE && bytes[at + 5] === STATEMENT) return true;
  }
  return false;
}

/** The request from its Bind on, which names the statement now. Its portal is the unnamed one (`wire.ts` sees to it). */
function withName(bytes: Buffer, bindAt: number, name: string): Uint8Array<ArrayBuffer> {
  const bindEnd = bindAt + 1 + bytes.readInt32BE(bindAt + 1);
  const bind = message('B', Buffer.concat([Buffer.from(`\0${name}`), bytes.subarray(bindAt + 6, bindEnd)]));
  return join(bind, bytes.subarray(bindEnd));
}
