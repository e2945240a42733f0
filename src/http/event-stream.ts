import { Readable } from 'node:stream';
import type { LiveEvent } from '../api-contract/live.ts';
import { SECOND } from '../base/time.ts';
import type { EndReason, LiveSink } from '../use-cases/live/live-hub.ts';
import { isNothing, joinNews, noNews, type Ids, type News } from '../use-cases/live/news.ts';

/** A reader that has taken nothing for this long is gone, or of no use. */
const SLOW_MS = 30 * SECOND;
/** How soon a browser's own EventSource would come back; ours draws lots around it. */
const RETRY_MS = 2 * SECOND;

/**
 * Server-sent events (HTML Standard, 9.2) for one reader. What a slow reader has not taken yet is kept as one piece of news
 * of limited size, never as a growing line of events.
 */
export class EventStream extends Readable implements LiveSink {
  #news: News = noNews();
  #id = '';
  #wanted = false;
  #fullSince: number | null = null;
  #greeted = false;
  #ended = false;

  override _read(): void {
    this.#wanted = true;
    this.#fullSince = null;
    this.#give();
  }

  tell(news: News, id: string): void {
    this.#news = joinNews(this.#news, news);
    this.#id = id;
    this.#give();
  }

  beat(id: string): void {
    if (this.#fullSince !== null && performance.now() - this.#fullSince > SLOW_MS) return void this.destroy();
    if (!this.#wanted || !isNothing(this.#news)) return undefined;
    // An id without data is no event, but is what the reader names when it comes back.
    this.#id = id;
    return this.#push(`:\nid: ${id}\n\n`);
  }

  end(reason: EndReason): void {
    if (this.#ended) return;
    const keepsUp = this.#fullSince === null;
    this.#push(textOf({ name: 'end', data: { reason } }));
    this.#ended = true;
    this.push(null);
    // Whoever does not read would never see the end either.
    if (!keepsUp) this.destroy();
  }

  #give(): void {
    if (!this.#wanted || this.#id === '' || (this.#greeted && isNothing(this.#news))) return;
    const news = this.#news;
    this.#news = noNews();
    const greeting = this.#greeted ? '' : `retry: ${RETRY_MS}\n\n`;
    this.#greeted = true;
    this.#push(`${greeting}${eventsOf(news).map(textOf).join('')}id: ${this.#id}\n\n`);
  }

  #push(text: string): void {
    if (this.#ended || this.destroyed) return;
    this.#wanted = this.push(text);
    if (!this.#wanted) this.#fullSince ??= performance.now();
  }
}

function eventsOf(news: News): LiveEvent[] {
  if (news.reset) return [{ name: 'reset', data: {} }];
  const changed = (
    name: 'appointment' | 'order' | 'ledger' | 'connection' | 'team' | 'absence',
    ids: Ids,
  ): LiveEvent[] => (ids?.size === 0 ? [] : [{ name, data: { ids: ids === null ? null : [...ids] } }]);
  return [
    ...changed('appointment', news.appointments),
    ...changed('order', news.orders),
    ...changed('ledger', news.ledgers),
    ...changed('connection', news.connections),
    ...changed('team', news.team),
    ...changed('absence', news.absences),
    ...[...news.backfills].map(([id, { done, total }]): LiveEvent => ({
      name: 'backfill',
      data: { connection_id: id, done, total },
    })),
  ];
}

function textOf({ name, data }: LiveEvent): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
