import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SECOND, type Clock } from '../../base/time.ts';
import type { Database } from '../../db/database.ts';
import { BusinessError } from '../../domain/errors.ts';
import { CHANGES_CHANNEL } from '../../store/changes.ts';
import { SYNC_CHANNEL } from '../../store/mark-links.ts';
import type { Filling } from '../../store/who-may-know.ts';
import { FillingProgress } from './filling-progress.ts';
import { isNothing, noNews, type News } from './news.ts';
import { addChanges, addWakeUp, noNotices } from './notices.ts';
import { tellFollowers } from './tell-followers.ts';

/** Why a stream ends. `token_expired`, `closing`: come again; `signed_out`: there is no such account any more. */
export type EndReason = 'token_expired' | 'signed_out' | 'closing';

/** Where one person's news go. */
export interface LiveSink {
  /** `id`: everything up to there has been told. */
  tell(news: News, id: string): void;
  /** Nothing new up to `id`; lets both sides see that the other is there. Ends by itself when nobody reads. */
  beat(id: string): void;
  end(reason: EndReason): void;
}

export interface Following {
  userId: number;
  /** When the proof of who follows ends, and the stream with it. */
  until: Date;
  /** The id that the follower saw last; `null` for the first time. */
  lastId: string | null;
  sink: LiveSink;
}

export interface LiveLimits {
  /** Proxies end what is silent, as a rule after 60 seconds. */
  heartbeatMs: number;
  /** What happens within it is told together. */
  gatherMs: number;
  streamsPerPerson: number;
}

export const LIVE_LIMITS: LiveLimits = { heartbeatMs: 15 * SECOND, gatherMs: 100, streamsPerPerson: 10 };

/** Working out who is told takes about a tenth of the time, however much happens; but pages are never later than this. */
const REST_FACTOR = 10;
const LONGEST_REST_MS = 2 * SECOND;
/** Notices that are remembered for those who come back; whoever was away for longer asks for everything. */
const REMEMBERED = 500;

interface Notice {
  at: number;
  channel: typeof CHANGES_CHANNEL | typeof SYNC_CHANNEL;
  payload: string;
}

/** Passes on what transactions announce to those of this node's followers who may know of it. */
export class LiveHub {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #limits: LiveLimits;
  readonly #onError: (error: unknown) => void;
  /** Numbers of notices are this node's own: another cannot say what somebody has missed. */
  readonly #node = randomBytes(6).toString('hex');
  readonly #followers = new Map<number, Set<Following>>();
  /** The newest notices, the oldest first. */
  readonly #notices: Notice[] = [];
  /** Number of the newest notice, and of the newest that everybody was told of. */
  #newest = 0;
  #told = 0;
  #listening: Promise<(() => Promise<void>)[]> | null = null;
  #telling: Promise<void> | null = null;
  readonly #progress: FillingProgress;
  #beating: NodeJS.Timeout | null = null;
  readonly #closing = new AbortController();

  constructor(parts: {
    database: Database;
    clock: Clock;
    limits?: Partial<LiveLimits>;
    onError: (error: unknown) => void;
  }) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#limits = { ...LIVE_LIMITS, ...parts.limits };
    this.#onError = parts.onError;
    const { db } = parts.database;
    this.#progress = new FillingProgress({
      db,
      onError: parts.onError,
      tell: (filling) => this.#tellProgress(filling),
    });
  }

  /**
   * Begins to follow. The first thing told is `reset`, unless everything since `lastId` could be told.
   * @returns what ends it from the outside
   * @throws BusinessError 429 `too_many_streams`, 503 `closing`
   */
  async follow(following: Following): Promise<() => void> {
    const { userId, until, sink } = following;
    if (this.#closing.signal.aborted) throw closing();
    const own = this.#followers.get(userId) ?? new Set();
    if (own.size >= this.#limits.streamsPerPerson) throw tooMany(this.#limits.streamsPerPerson);
    // Taken before anything is awaited, so that many at once cannot pass the limit.
    this.#followers.set(userId, own.add(following));
    const stop = new AbortController();
    const leave = (): void => {
      stop.abort();
      own.delete(following);
      if (own.size === 0 && this.#followers.get(userId) === own) this.#followers.delete(userId);
    };
    try {
      await this.#listen();
      await this.#catchUp(following);
      // Meanwhile perhaps; those who come now are not there any more when streams are ended.
      if (this.#closing.signal.aborted) throw closing();
    } catch (error) {
      leave();
      throw error;
    }
    this.#beating ??= setInterval(() => this.#beat(), this.#limits.heartbeatMs);
    void this.#endAt(until, sink, stop.signal);
    return leave;
  }

  async #endAt(until: Date, sink: LiveSink, left: AbortSignal): Promise<void> {
    await this.#clock.sleep(until.getTime() - this.#clock.now().getTime(), left);
    if (!left.aborted) sink.end('token_expired');
  }

  /** Ends every stream, and takes no new ones. */
  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#beating) clearInterval(this.#beating);
    this.#beating = null;
    for (const { sink } of this.#everybody()) sink.end('closing');
    const ends = await this.#listening?.catch(() => []);
    for (const end of ends ?? []) await end();
    await Promise.all([this.#telling, this.#progress.stop()]);
  }

  #everybody(): Following[] {
    return [...this.#followers.values()].flatMap((own) => [...own]);
  }

  #id(at: number): string {
    return `${this.#node}-${at}`;
  }

  /** With the first follower: a node that nobody follows listens to nothing. */
  async #listen(): Promise<void> {
    this.#listening ??= Promise.all(
      ([CHANGES_CHANNEL, SYNC_CHANNEL] as const).map((channel) =>
        this.#database.listen(channel, (payload) => this.#hear(channel, payload)),
      ),
    );
    try {
      await this.#listening;
    } catch (error) {
      this.#listening = null;
      throw error;
    }
  }

  async #catchUp({ userId, lastId, sink }: Following): Promise<void> {
    const missed = this.#missedSince(lastId);
    const upTo = this.#newest;
    if (missed === null) return sink.tell({ ...noNews(), reset: true }, this.#id(upTo));
    const { news, filling } = await tellFollowers(this.#database.db, gathered(missed), [userId]);
    sink.tell(news.get(userId) ?? noNews(), this.#id(upTo));
    this.#progress.ask(filling);
  }

  /** `null` when that can't be said. */
  #missedSince(lastId: string | null): Notice[] | null {
    const [, node, at = ''] = /^([0-9a-f]+)-(\d{1,15})$/.exec(lastId ?? '') ?? [];
    const since = Number(at);
    const oldest = this.#notices[0]?.at ?? this.#newest + 1;
    if (node !== this.#node || since > this.#newest || since < oldest - 1) return null;
    return this.#notices.filter((notice) => notice.at > since);
  }

  #hear(channel: Notice['channel'], payload: string): void {
    this.#newest += 1;
    this.#notices.push({ at: this.#newest, channel, payload });
    if (this.#notices.length > REMEMBERED) this.#notices.shift();
    this.#tellSoon();
  }

  #tellSoon(): void {
    this.#telling ??= this.#tellAll()
      .catch(this.#onError)
      .finally(() => {
        this.#telling = null;
        if (this.#told < this.#newest && !this.#closing.signal.aborted) this.#tellSoon();
      });
  }

  async #tellAll(): Promise<void> {
    await this.#rest(this.#limits.gatherMs);
    if (this.#closing.signal.aborted) return;
    const begun = performance.now();
    const upTo = this.#newest;
    const notices = this.#notices.filter(({ at }) => at > this.#told);
    // More than are remembered came at once.
    const lost = upTo - this.#told > notices.length;
    const everybody = this.#everybody();
    const all = gathered(notices);
    all.anything ||= lost;
    try {
      if (everybody.length === 0) return;
      const { news, gone, filling } = await tellFollowers(this.#database.db, all, [...this.#followers.keys()]);
      for (const { userId, sink } of everybody) {
        const own = news.get(userId);
        if (gone.has(userId)) sink.end('signed_out');
        else if (own && !isNothing(own)) sink.tell(own, this.#id(upTo));
      }
      this.#progress.ask(filling);
    } catch (error) {
      // What could not be worked out must not be missed.
      for (const { sink } of everybody) sink.tell({ ...noNews(), reset: true }, this.#id(upTo));
      throw error;
    } finally {
      this.#told = upTo;
    }
    await this.#rest(Math.min(REST_FACTOR * (performance.now() - begun), LONGEST_REST_MS));
  }

  async #rest(ms: number): Promise<void> {
    // Rejects when the hub closes, which is no fault.
    await pause(ms, null, { signal: this.#closing.signal }).catch(() => {});
  }

  #tellProgress({ userId, connectionId, done, total }: Filling): void {
    const news = { ...noNews(), backfills: new Map([[connectionId, { done, total }]]) };
    for (const { sink } of this.#followers.get(userId) ?? []) sink.tell(news, this.#id(this.#told));
  }

  #beat(): void {
    for (const { sink } of this.#everybody()) sink.beat(this.#id(this.#told));
  }
}

function gathered(all: readonly Notice[]): ReturnType<typeof noNotices> {
  const notices = noNotices();
  for (const { channel, payload } of all) (channel === CHANGES_CHANNEL ? addChanges : addWakeUp)(notices, payload);
  return notices;
}

function tooMany(most: number): BusinessError {
  return new BusinessError(
    'too_many',
    'too_many_streams',
    `At most ${most} streams of one person are open at a time. Close one, or ask again later.`,
    { retryAfterSeconds: 60 },
  );
}

function closing(): BusinessError {
  return new BusinessError('unavailable', 'closing', 'This server is stopping. Ask again in a moment.', {
    retryAfterSeconds: 1,
  });
}
