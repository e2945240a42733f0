/** PostgreSQL's frontend/backend protocol 3.0, as much of it as multiplexing needs: https://www.postgresql.org/docs/18/protocol-message-formats.html */

/** What a client asks for, cut out of its byte stream. */
export type ClientRequest =
  | { kind: 'startup' }
  /** Messages that belong together: up to a simple Query or a Sync. `sql` is their first statement, cut, for messages. */
  | { kind: 'statements'; bytes: Uint8Array<ArrayBuffer>; sql: string }
  | { kind: 'terminate' }
  /** Something that is not safe when clients share one session; `reason` says what. */
  | { kind: 'refused'; reason: string };

const QUERY = 0x51; // Q
const PARSE = 0x50; // P
const BIND = 0x42; // B
const FLUSH = 0x48; // H
const SYNC = 0x53; // S
const TERMINATE = 0x58; // X
const PROTOCOL_3_0 = 196_608; // 3 << 16

const LONGEST_SQL_SHOWN = 200;

/** Cuts one client's byte stream, which arrives in chunks of any size, into requests. */
export class RequestCutter {
  #rest: Buffer = Buffer.alloc(0);
  #started = false;

  /** Takes the next chunk and returns the requests that are complete with it. */
  push(chunk: Uint8Array): ClientRequest[] {
    const arrived = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, arrived]) : arrived;
    const requests: ClientRequest[] = [];
    for (let next = this.#next(); next; next = this.#next()) requests.push(next);
    return requests;
  }

  #next(): ClientRequest | null {
    return this.#started ? this.#nextRequest() : this.#startup();
  }

  #startup(): ClientRequest | null {
    if (this.#rest.length < 8) return null;
    const length = this.#rest.readInt32BE(0);
    if (this.#rest.length < length) return null;
    const protocol = this.#rest.readInt32BE(4);
    this.#take(length);
    if (protocol !== PROTOCOL_3_0) return this.#over({ kind: 'refused', reason: `start-up code ${protocol}` });
    this.#started = true;
    return { kind: 'startup' };
  }

  #nextRequest(): ClientRequest | null {
    let end = 0;
    let sql = '';
    while (end + 5 <= this.#rest.length) {
      const start = end;
      const type = this.#rest[start];
      end += 1 + this.#rest.readInt32BE(start + 1);
      if (end > this.#rest.length) return null;
      const body = this.#rest.subarray(start + 5, end);
      if (type === TERMINATE) return this.#over({ kind: 'terminate' });
      const reason = unsafeToShare(type, body);
      if (reason) return this.#over({ kind: 'refused', reason });
      if (type === QUERY || type === PARSE) sql ||= sqlOf(type, body);
      if (type === QUERY || type === SYNC) return { kind: 'statements', bytes: new Uint8Array(this.#take(end)), sql };
    }
    return null;
  }

  /** The last request: what the client sent after it is dropped. */
  #over(last: ClientRequest): ClientRequest {
    this.#rest = Buffer.alloc(0);
    return last;
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}

/**
 * Prepared statements and portals with names live in the session, which all clients share, so one would overwrite
 * another's. The unnamed ones are safe: they are used up within the request that made them. Flush asks for an answer in
 * the middle of a request.
 */
function unsafeToShare(type: number | undefined, body: Buffer): string | null {
  if (type === PARSE && body[0] !== 0) return 'named prepared statements';
  if (type === BIND && body[0] !== 0) return 'named portals (cursors of the driver)';
  if (type === FLUSH) return 'Flush (cursors of the driver)';
  return null;
}

function sqlOf(type: number, body: Buffer): string {
  const from = type === PARSE ? body.indexOf(0) + 1 : 0;
  const text = body.toString('utf8', from, Math.min(body.indexOf(0, from), from + LONGEST_SQL_SHOWN));
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Whether a request is one statement for certain: the extended protocol names each by a Parse, a simple query may hold many. */
export function isSingleStatement(request: Uint8Array): boolean {
  const bytes = Buffer.from(request.buffer, request.byteOffset, request.byteLength);
  if (bytes[0] !== PARSE) return false;
  for (let at = 1 + bytes.readInt32BE(1); at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    if (bytes[at] === PARSE) return false;
  }
  return true;
}

/** Answer to a start-up message: AuthenticationOk, ReadyForQuery (idle). */
export function startupAnswer(): Uint8Array<ArrayBuffer> {
  return join(message('R', [0, 0, 0, 0]), readyForQuery('I'));
}

/** ErrorResponse with its SQLSTATE; after a FATAL one the client's connection must end. */
export function errorResponse(severity: 'ERROR' | 'FATAL', sqlState: string, text: string): Uint8Array<ArrayBuffer> {
  return message('E', Buffer.from(`S${severity}\0V${severity}\0C${sqlState}\0M${text}\0\0`));
}

/** ReadyForQuery: `I` idle, `T` in a transaction, `E` in a failed one. */
export function readyForQuery(status: 'I' | 'T' | 'E'): Uint8Array<ArrayBuffer> {
  return message('Z', Buffer.from(status));
}

/** A simple Query message, as a client would send it. */
export function simpleQuery(sql: string): Uint8Array<ArrayBuffer> {
  return message('Q', Buffer.from(`${sql}\0`));
}

export function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** One protocol message. */
export function message(type: string, body: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(5 + body.length);
  bytes[0] = type.charCodeAt(0);
  new DataView(bytes.buffer).setInt32(1, 4 + body.length);
  bytes.set(body, 5);
  return bytes;
}
