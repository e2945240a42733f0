import type { FromWorker } from './messages.ts';
import {
  type ClientRequest,
  errorResponse,
  join,
  readyForQuery,
  RequestCutter,
  simpleQuery,
  startupAnswer,
} from './wire.ts';

/** What the session needs of the engine. */
export interface SessionEngine {
  /** Runs protocol messages and hands out the answer piece by piece; a piece is only valid during the call. */
  run(bytes: Uint8Array, onAnswer: (piece: Uint8Array) => void): Promise<void>;
  isInTransaction(): boolean;
  /** Resolves to whether it wants to be called again although no statement ran. */
  maintain(): Promise<boolean>;
}

interface Client {
  id: number;
  cutter: RequestCutter;
  /** The last statement sent, to name a culprit. */
  lastSql: string;
  /** Why its transaction was rolled back from here; every statement fails with it until the client's own ROLLBACK. */
  rolledBack: string | null;
}

type Work =
  | { kind: 'statements'; client: Client; bytes: Uint8Array; sql: string }
  /** Ends the transaction that a client left open. */
  | { kind: 'rollback'; client: Client }
  /** Runs between transactions, ahead of the clients, so that it is never starved. */
  | { kind: 'between'; run: () => Promise<void> };

/**
 * An owner is rolled back after so many checks in a row found it silent. Counted and not timed, so that a machine that is
 * too busy to let anybody run does not look like a transaction that waits for itself.
 */
export const CHECKS_PER_LIMIT = 4;

/** Answers are passed on in pieces of about this size: a large result neither piles up here nor holds up the main thread. */
const PIECE_BYTES = 64 * 1024;

/**
 * Lets many clients take turns on PGlite's one session. A client whose transaction is open owns the session: until it
 * commits or rolls back only its requests run, the others wait.
 */
export class SharedSession {
  readonly #engine: SessionEngine;
  readonly #post: (message: FromWorker, transfer?: ArrayBuffer[]) => void;
  readonly #clients = new Map<number, Client>();
  #queue: Work[] = [];
  #owner: Client | null = null;
  #ownerSince = 0;
  #silentChecks = 0;
  #running = false;
  /** Whether maintenance has something to look at. */
  #worked = true;
  #isMaintaining = false;

  constructor(engine: SessionEngine, post: (message: FromWorker, transfer?: ArrayBuffer[]) => void) {
    this.#engine = engine;
    this.#post = post;
  }

  connect(id: number): void {
    this.#clients.set(id, { id, cutter: new RequestCutter(), lastSql: '', rolledBack: null });
  }

  receive(id: number, chunk: Uint8Array): void {
    const client = this.#clients.get(id);
    if (!client) return;
    for (const request of client.cutter.push(chunk)) this.#take(client, request);
    void this.#pump();
  }

  disconnect(id: number): void {
    const client = this.#clients.get(id);
    if (!client) return;
    this.#clients.delete(id);
    this.#queue = this.#queue.filter((work) => work.kind === 'between' || work.client !== client);
    // Also when its statement runs just now: it may leave a transaction open.
    this.#queue.push({ kind: 'rollback', client });
    void this.#pump();
  }

  /** Resolves when `run` has run, outside any transaction and alone. */
  async between(run: () => Promise<void>): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#queue.unshift({ kind: 'between', run: () => run().then(done.resolve, done.reject) });
    void this.#pump();
    await done.promise;
  }

  /** Runs maintenance when there was work since the last time. */
  async maintain(): Promise<void> {
    if (!this.#worked || this.#isMaintaining) return;
    this.#isMaintaining = true;
    this.#worked = false;
    try {
      await this.between(async () => {
        if (await this.#engine.maintain()) this.#worked = true;
      });
    } finally {
      this.#isMaintaining = false;
    }
  }

  /** Drops all clients and what they left open. */
  disconnectAll(): void {
    for (const id of this.#clients.keys()) this.disconnect(id);
  }

  /** Rolls back a transaction that has been silent too long while others wait for it; call it `CHECKS_PER_LIMIT` times per limit. */
  checkOwner(): void {
    const owner = this.#owner;
    const waiting = this.#queue.find((work) => work.kind === 'statements');
    if (!owner || this.#running || waiting?.kind !== 'statements') return;
    if (++this.#silentChecks <= CHECKS_PER_LIMIT) return;
    const idleMs = Math.round(performance.now() - this.#ownerSince);
    owner.rolledBack =
      `this transaction was rolled back, as it sent nothing for ${idleMs} ms while others waited for the only session of the embedded database. ` +
      `Its last statement: "${owner.lastSql}". Waiting: "${waiting.sql}". ` +
      'If that one belongs to the same piece of work, it must be sent through the transaction (tx).';
    this.#post({
      kind: 'warning',
      message: 'an idle transaction was rolled back',
      details: { idleMs, last: owner.lastSql, waiting: waiting.sql },
    });
    this.#queue.push({ kind: 'rollback', client: owner });
    void this.#pump();
  }

  #take(client: Client, request: ClientRequest): void {
    switch (request.kind) {
      case 'startup':
        return this.#send(client, startupAnswer());
      case 'statements':
        this.#queue.push({ ...request, client });
        return;
      case 'refused':
        this.#send(client, errorResponse('FATAL', '0A000', `the embedded database does not support ${request.reason}`));
        return this.#end(client);
      case 'terminate':
        return this.#end(client);
    }
  }

  #end(client: Client): void {
    this.#post({ kind: 'end', id: client.id });
    this.disconnect(client.id);
  }

  #send(client: Client, bytes: Uint8Array<ArrayBuffer>): void {
    this.#post({ kind: 'data', id: client.id, bytes }, [bytes.buffer]);
  }

  async #pump(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let work = this.#next(); work; work = this.#next()) await this.#run(work);
    this.#running = false;
  }

  #next(): Work | undefined {
    const owner = this.#owner;
    const at = owner ? this.#queue.findIndex((work) => work.kind !== 'between' && work.client === owner) : 0;
    return at < 0 ? undefined : this.#queue.splice(at, 1)[0];
  }

  async #run(work: Work): Promise<void> {
    if (work.kind === 'between') return work.run();
    if (work.kind === 'rollback') return this.#rollBack(work.client);
    this.#worked = true;
    const { client, sql } = work;
    const refusal = refusalOf(client, sql);
    if (refusal) return this.#refuse(client, ...refusal);
    client.rolledBack = null;
    client.lastSql = sql;
    await this.#answer(client, work.bytes);
    this.#owner = this.#engine.isInTransaction() ? client : null;
    this.#ownerSince = performance.now();
    this.#silentChecks = 0;
  }

  async #answer(client: Client, bytes: Uint8Array): Promise<void> {
    let pieces: Uint8Array[] = [];
    let size = 0;
    const flush = (): void => {
      if (size > 0) this.#send(client, join(...pieces));
      pieces = [];
      size = 0;
    };
    await this.#engine.run(bytes, (piece) => {
      pieces.push(piece.slice());
      size += piece.length;
      if (size >= PIECE_BYTES) flush();
    });
    flush();
  }

  #refuse(client: Client, sqlState: string, reason: string): void {
    const status = client.rolledBack !== null ? 'E' : this.#owner === client ? 'T' : 'I';
    this.#send(client, join(errorResponse('ERROR', sqlState, reason), readyForQuery(status)));
  }

  async #rollBack(client: Client): Promise<void> {
    if (this.#owner !== client) return;
    await this.#engine.run(simpleQuery('rollback'), () => {});
    this.#owner = null;
  }
}

/** What would change the session for everybody; and COPY from the client, at which PGlite ends. */
const CHANGES_SESSION =
  /^(set (?!local |transaction |constraints )|reset |listen |unlisten |prepare |discard |copy .* from stdin)/i;

function refusalOf(client: Client, sql: string): [sqlState: string, reason: string] | null {
  // idle_in_transaction_session_timeout, as PostgreSQL names the same thing
  if (client.rolledBack !== null && !/^rollback$/i.test(sql)) return ['25P03', client.rolledBack];
  // feature_not_supported
  if (CHANGES_SESSION.test(sql))
    return ['0A000', `the embedded database has one session for all, so this is not supported: "${sql}"`];
  return null;
}
