import type { ReactElement } from 'react';
import type { SyncHealthJson } from '../../../../src/api-contract/health.ts';
import { locale, t } from '../../lib/t.ts';
import { formatAgo } from '../../lib/time.ts';
import classes from './CalendarHealthPage.module.css';
import { durationWords, rateWords } from './health-words.ts';

/** Lag and success of the last hour, and the queue as it is. */
export function HealthNumbers({ health }: { health: SyncHealthJson }): ReactElement {
  const { lag, queue, success_rate: rate, throttled } = health;
  return (
    <dl className={classes.numbers}>
      <Figure label={t('health.numbers.half')} note={t('health.numbers.halfNote', { events: lag.events })}>
        {lag.p50_ms === null ? '–' : durationWords(lag.p50_ms)}
      </Figure>
      <Figure label={t('health.numbers.most')} note={t('health.numbers.mostNote')}>
        {lag.p95_ms === null ? '–' : durationWords(lag.p95_ms)}
      </Figure>
      <Figure label={t('health.numbers.success')} note={throttledWords(throttled)}>
        {rate === null ? '–' : rateWords(rate)}
      </Figure>
      <Figure label={t('health.numbers.waiting')} note={queueWords(queue)}>
        {(queue.due + queue.later + queue.held + queue.stuck).toLocaleString(locale())}
      </Figure>
    </dl>
  );
}

function queueWords({ due, later, held, stuck, oldest_due_at: oldest }: SyncHealthJson['queue']): string {
  const counts = { due: String(due), later: String(later), held: String(held), stuck: String(stuck) };
  if (oldest === null) return t('health.numbers.waitingNote', counts);
  return t('health.numbers.waitingSince', { ...counts, ago: formatAgo(oldest, new Date()) });
}

function throttledWords(throttled: number): string {
  return throttled === 0 ? t('health.numbers.noneThrottled') : t('health.numbers.throttled', { count: throttled });
}

function Figure(props: { label: string; note: string; children: string }): ReactElement {
  return (
    <div className={classes.number}>
      <dt>{props.label}</dt>
      <dd>
        {props.children}
        <span className={classes.note}>{props.note}</span>
      </dd>
    </div>
  );
}
