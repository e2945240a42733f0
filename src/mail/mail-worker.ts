import { DAY, MINUTE, SECOND, type Clock } from '../base/time.ts';
import type { Db } from '../db/sql.ts';
import { claimMails, finishMail, nextMailDue, postponeMail, type ClaimedMail, type MailKind } from '../store/mails.ts';
import { backoffMs } from '../sync/backoff.ts';
import type { LetterDesk } from './desk.ts';
import { isPlainAddress } from './letter.ts';
import type { Delivery, Post } from './post.ts';
import { writeLetter } from './write-letter.ts';

/** The safety net for lost wake-ups and for mails of workers that died. */
const SWEEP_EVERY_MS = 30 * SECOND;
/** Mails sent at once by one process: enough for a company, and no burst that a mail server would mind. */
const AT_ONCE = 4;
/** Longer than an attempt may take, so that nobody else sends the same mail meanwhile. */
const LEASE_MS = 2 * MINUTE;
const SEND_WITHIN_MS = 1 * MINUTE;
/** "the give-up time generally needs to be at least 4-5 days" (RFC 5321 §4.5.4.1). */
const GIVE_UP_AFTER_MS = 5 * DAY;
/** When stopping, mails under way get so long; cut off, a mail may have been sent without our knowing. */
const GRACE_MS = 5 * SECOND;

export interface MailWorkerDeps {
  db: Db;
  clock: Clock;
  /** A number in [0, 1). */
  random: () => number;
  post: Post;
  desk: LetterDesk;
  /** Told what became of each attempt, for logs and metrics; never given addresses or texts. */
  observe: (event: MailEvent) => void;
  /** Told about what should not happen (a broken database, a bug); the worker goes on. */
  onError: (error: unknown) => void;
}

export interface MailEvent {
  mailId: number;
  kind: MailKind;
  attempts: number;
  outcome: 'sent' | 'moot' | 'failed' | 'postponed';
  /** Why it was not sent. */
  code: string | null;
}

/**
 * Sends queued mails: at once when woken, otherwise when they are due. Any number of workers share the queue. A mail whose
 * answer is lost (the connection broke, the process died before the record) is sent again under the same Message-ID; every
 * other is sent once.
 */
export class MailWorker {
  readonly #deps: MailWorkerDeps;
  readonly #stop = new AbortController();
  /** Ends attempts under way. */
  readonly #cut = new AbortController();
  #nap = new AbortController();
  #delivering: Promise<void> | null = null;
  #loop: Promise<void> | null = null;

  constructor(deps: MailWorkerDeps) {
    this.#deps = deps;
  }

  /** Begins to send; returns at once. */
  run(): void {
    this.#loop ??= this.#forEver();
  }

  /** There may be something to send. */
  wake(): void {
    this.#nap.abort();
  }

  /** Sends what is due now. Resolves when nothing is left that is. */
  deliverDue(): Promise<void> {
    this.#delivering ??= this.#deliverAll().finally(() => (this.#delivering = null));
    return this.#delivering;
  }

  /** Waits a little for mails under way and resolves when all is at rest. */
  async stop(): Promise<void> {
    this.#stop.abort();
    const atRest = new AbortController();
    const grace = this.#deps.clock.sleep(GRACE_MS, atRest.signal).then(() => this.#cut.abort());
    await Promise.all([this.#loop, this.#delivering]);
    atRest.abort();
    await grace;
    this.#deps.post.close();
  }

  async #forEver(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      // Made before looking, so that who is woken meanwhile looks once more.
      this.#nap = new AbortController();
      await this.deliverDue();
      const pauseMs = await this.#untilNext();
      await this.#deps.clock.sleep(pauseMs, AbortSignal.any([this.#stop.signal, this.#nap.signal]));
    }
  }

  async #untilNext(): Promise<number> {
    const { db, clock, onError } = this.#deps;
    try {
      const next = await nextMailDue(db);
      if (next === null) return SWEEP_EVERY_MS;
      return Math.min(SWEEP_EVERY_MS, Math.max(SECOND, next.getTime() - clock.now().getTime()));
    } catch (error) {
      onError(error);
      return SWEEP_EVERY_MS;
    }
  }

  async #deliverAll(): Promise<void> {
    const { db, clock, onError } = this.#deps;
    try {
      while (!this.#stop.signal.aborted) {
        const mails = await claimMails(db, AT_ONCE, LEASE_MS, clock.now());
        if (mails.length === 0) return;
        await Promise.all(mails.map((mail) => this.#deliver(mail)));
      }
    } catch (error) {
      onError(error);
    }
  }

  async #deliver(mail: ClaimedMail): Promise<void> {
    try {
      const delivery = await this.#attempt(mail);
      await (delivery.kind === 'failed' ? this.#postpone(mail, delivery.code) : this.#finish(mail, delivery));
    } catch (error) {
      this.#deps.onError(error);
      await this.#postpone(mail, 'unexpected').catch(this.#deps.onError);
    }
  }

  async #attempt(mail: ClaimedMail): Promise<Delivery | { kind: 'moot' }> {
    const { desk, post } = this.#deps;
    const letter = await writeLetter(desk, mail);
    if (!letter) return { kind: 'moot' };
    if (!isPlainAddress(letter.to.address)) return { kind: 'refused', code: 'invalid_address' };
    return post.send(letter, AbortSignal.any([this.#cut.signal, AbortSignal.timeout(SEND_WITHIN_MS)]));
  }

  async #finish(mail: ClaimedMail, delivery: Exclude<Delivery, { kind: 'failed' }> | { kind: 'moot' }): Promise<void> {
    if (delivery.kind === 'refused') return this.#giveUp(mail, delivery.code);
    const state = delivery.kind === 'delivered' ? 'sent' : 'moot';
    await finishMail(this.#deps.db, mail, { state }, this.#deps.clock.now());
    this.#tell(mail, state, null);
  }

  async #postpone(mail: ClaimedMail, code: string): Promise<void> {
    const { db, clock, random } = this.#deps;
    const now = clock.now().getTime();
    if (now - mail.createdAt.getTime() >= GIVE_UP_AFTER_MS) return this.#giveUp(mail, code);
    await postponeMail(db, mail, new Date(now + backoffMs(mail.attempts - 1, null, random)), code);
    this.#tell(mail, 'postponed', code);
  }

  async #giveUp(mail: ClaimedMail, code: string): Promise<void> {
    await finishMail(this.#deps.db, mail, { state: 'failed', code }, this.#deps.clock.now());
    this.#tell(mail, 'failed', code);
  }

  #tell({ id, kind, attempts }: ClaimedMail, outcome: MailEvent['outcome'], code: string | null): void {
    this.#deps.observe({ mailId: id, kind, attempts, outcome, code });
  }
}
