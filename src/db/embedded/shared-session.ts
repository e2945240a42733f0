import { SECOND } from '../../base/time.ts';
import { KeptStatements } from './kept-statements.ts';
import type { FromWorker } from './messages.ts';
import {
  type ClientRequest,
  errorResponse,
  isSingleStatement,
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
  /** Puts onto the disk what is committed; before that, no commit may be acknowledged. */
  flush(): Promise<void>;
  isInTransaction(): boolean;
  /**
   * @param isQuiet nothing was changed for a second
   * @returns whether it wants to be called again although no statement ran
   */
  maintain(isQuiet: boolean): Promise<boolean>;
}

interface Client {
  id: number;
  cutter: RequestCutter;
  /** Its statements let those of others go first. */
  background: boolean;
  /** The last statement sent, to name a culprit. */
  lastSql: string;
  /** Why its transaction was rolled back from here; every statement fails with it until the client's own ROLLBACK. */
  rolledBack: string | null;
}

type Work =
  | { kind: 'statements'; client: Client; bytes: Uint8Array; sql: string; since: number }
  /** Ends the transaction that a client left open. */
  | { kind: 'rollback'; client: Client }
  /** Runs between transactions, ahead of the clients, so that it is never starved. */
  | { kind: 'between'; run: () => Promise<void> };

/**
 * An owner is rolled back after so many checks in a row found it silent. Counted and not timed, so that a machine that is
 * too busy to let anybody run does not look like a transaction that waits for itself.
 */
export const CHECKS_PER_LIMIT = 4;

/** Work in the background lets requests go first for so long at most: three or four statements, or one transaction of theirs. */
export const PATIENCE_MS = 10;

/** Commits wait for each other this long at most: one sync to disk (1 ms and more) then serves them all. */
const GATHER_MS = 3;

/** Neither people nor the worker are in the middle of something when nothing was changed for so long. */
const QUIET_MS = SECOND;

/** Answers are passed on in pieces of about this size: a large result neither piles up here nor holds up the main thread. */
const PIECE_BYTES = 64 * 1024;

/**
 * Lets many clients take turns on PGlite's one session, those in the background after all others. A client whose transaction
 * is open owns the session: until it commits or rolls back only its requests run, the others wait.
 */
export class SharedSession {
  readonly #engine: SessionEngine;
  readonly #post: (message: FromWorker, transfer?: ArrayBuffer[]) => void;
  readonly #clients = new Map<number, Client>();
  readonly #kept = new KeptStatements();
  /** Answers that tell of something that is committed but not on disk yet, and all that came after the first of them. */
  #withheld: { client: Client; bytes: Uint8Array<ArrayBuffer> }[] = [];
  #withheldSince = 0;
  #isFlushed = true;
  #queue: Work[] = [];
  #owner: Client | null = null;
  #ownerSince = 0;
  #silentChecks = 0;
  #running = false;
  /** Whether maintenance has something to look at. */
  #worked = true;
  #changedAt = 0;
  #isMaintaining = false;

  constructor(engine: SessionEngine, post: (message: FromWorker, transfer?: ArrayBuffer[]) => void) {
    this.#engine = engine;
    this.#post = post;
  }

  /** @param background its statements let those of others go first */
  connect(id: number, background = false): void {
    this.#clients.set(id, { id, background, cutter: new RequestCutter(), lastSql: '', rolledBack: null });
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
        if (await this.#engine.maintain(performance.now() - this.#changedAt > QUIET_MS)) this.#worked = true;
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
        this.#queue.push({ ...request, client, since: performance.now() });
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
    for (;;) {
      for (let work = this.#next(); work; work = this.#next()) {
        if (!this.#isFlushed && !this.#mayGather(work)) await this.#flush();
        await this.#run(work);
      }
      if (this.#isFlushed) break;
      await this.#flush(); // and then whoever came meanwhile
    }
    this.#running = false;
  }

  #next(): Work | undefined {
    const owner = this.#owner;
    const at = owner
      ? this.#queue.findIndex((work) => work.kind !== 'between' && work.client === owner)
      : Math.max(
          0,
          this.#queue.findIndex((work) => !mayWait(work)),
        );
    return at < 0 ? undefined : this.#queue.splice(at, 1)[0];
  }

  /** A flush fails in a transaction that has failed: several statements at once may begin one and spoil it. */
  #mayGather(work: Work): boolean {
    const isSingle = work.kind === 'statements' && isSingleStatement(work.bytes);
    return isSingle && performance.now() - this.#withheldSince < GATHER_MS;
  }

  async #flush(): Promise<void> {
    await this.#engine.flush();
    const answers = this.#withheld;
    this.#withheld = [];
    this.#isFlushed = true;
    for (const { client, bytes } of answers) this.#send(client, bytes);
  }

  async #run(work: Work): Promise<void> {
    if (work.kind === 'between') return work.run();
    if (work.kind === 'rollback') return this.#rollBack(work.client);
    this.#worked = true;
    const { client, bytes, sql } = work;
    const refusal = refusalOf(client, sql);
    if (refusal) return this.#refuse(client, ...refusal);
    client.rolledBack = null;
    client.lastSql = sql;
    const changesNothing = onlyReads(bytes, sql);
    const answer = await this.#answer(client, bytes, changesNothing && this.#isFlushed);
    await this.#tidyKept(sql);
    this.#owner = this.#engine.isInTransaction() ? client : null;
    this.#ownerSince = performance.now();
    this.#silentChecks = 0;
    if (this.#owner !== null && !this.#isFlushed) await this.#flush();
    else if (this.#owner === null && !changesNothing) this.#committed();
    for (const piece of answer) this.#handOut(client, piece);
  }

  #committed(): void {
    this.#changedAt = performance.now();
    if (!this.#isFlushed) return;
    this.#isFlushed = false;
    this.#withheldSince = performance.now();
  }

  /** Sends an answer, or withholds it until what it tells of, or may have seen, is on disk. */
  #handOut(client: Client, bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#isFlushed) this.#send(client, bytes);
    else this.#withheld.push({ client, bytes });
  }

  /** @returns what is left to hand out: everything, or the end of what could be sent on the way */
  async #answer(client: Client, bytes: Uint8Array, maySendAtOnce: boolean): Promise<Uint8Array<ArrayBuffer>[]> {
    const answer: Uint8Array<ArrayBuffer>[] = [];
    let pieces: Uint8Array[] = [];
    let size = 0;
    const cut = (): void => {
      const piece = join(...pieces);
      if (maySendAtOnce) this.#send(client, piece);
      else answer.push(piece);
      pieces = [];
      size = 0;
    };
    const { bytes: prepared, prefix, answered } = this.#kept.prepare(bytes);
    if (prefix) pieces.push(prefix);
    let first: number | undefined;
    await this.#engine.run(prepared, (piece) => {
      first ??= piece[0];
      pieces.push(piece.slice());
      size += piece.length;
      if (size >= PIECE_BYTES) cut();
    });
    if (size > 0) cut();
    if (first !== undefined) answered?.(first);
    return answer;
  }

  /** Kept statements would answer with the columns that there were when they were first read. */
  async #tidyKept(sql: string): Promise<void> {
    const close = CHANGES_SCHEMA.test(sql) ? this.#kept.forget() : this.#kept.surplus();
    if (close) await this.#engine.run(close, () => {});
  }

  #refuse(client: Client, sqlState: string, reason: string): void {
    const status = client.rolledBack !== null ? 'E' : this.#owner === client ? 'T' : 'I';
    this.#handOut(client, join(errorResponse('ERROR', sqlState, reason), readyForQuery(status)));
  }

  async #rollBack(client: Client): Promise<void> {
    if (this.#owner !== client) return;
    await this.#engine.run(simpleQuery('rollback'), () => {});
    this.#owner = null;
  }
}

/** Whether others go first, however much later they came. */
function mayWait(work: Work): boolean {
  return work.kind === 'statements' && work.client.background && performance.now() - work.since < PATIENCE_MS;
}

const CHANGES_SCHEMA = /^(create|alter|drop) /i;

/** Whether a request leaves nothing that has to be on disk before it is answered. Doubtful ones cost a flush, no more. */
function onlyReads(bytes: Uint8Array, sql: string): boolean {
  return isSingleStatement(bytes)
    ? /^select /i.test(sql) && !/(nextval|setval)\(/i.test(sql)
    : /^(begin|rollback)$/i.test(sql);
}

/** What would change the session for everybody; and COPY from the client, at which PGlite ends. */
const CHANGES_SESSION =
  /^(set (?!local |transaction |constraints )|reset |listen |unlisten |prepare |deallocate |discard |copy .* from stdin)/i;

function refusalOf(client: Client, sql: string): [sqlState: string, reason: string] | null {
  // idle_in_transaction_session_timeout, as PostgreSQL names the same thing
  if (client.rolledBack !== null && !/^rollback$/i.test(sql)) return ['25P03', client.rolledBack];
  // feature_not_supported
  if (CHANGES_SESSION.test(sql))
    return ['0A000', `the embedded database has one session for all, so this is not supported: "${sql}"`];
  return null;
}
