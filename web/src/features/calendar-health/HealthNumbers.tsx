import type { ReactElement } from 'react';
import type { SyncHealthJson } from '../../../../src/api-contract/health.ts';
import { formatAgo } from '../../lib/time.ts';
import classes from './CalendarHealthPage.module.css';
import { counted, durationWords, rateWords } from './health-words.ts';

/** Lag and success of the last hour, and the queue as it is. */
export function HealthNumbers({ health }: { health: SyncHealthJson }): ReactElement {
  const { lag, queue, success_rate: rate, throttled } = health;
  const oldest = queue.oldest_due_at;
  return (
    <dl className={classes.numbers}>
      <Figure label="Half of all changes arrive within" note={`Last hour, ${counted(lag.events, 'event')}`}>
        {lag.p50_ms === null ? '–' : durationWords(lag.p50_ms)}
      </Figure>
      <Figure label="95 of 100 arrive within" note="From due to acknowledged">
        {lag.p95_ms === null ? '–' : durationWords(lag.p95_ms)}
      </Figure>
      <Figure label="Calls that succeed" note={throttledWords(throttled)}>
        {rate === null ? '–' : rateWords(rate)}
      </Figure>
      <Figure
        label="Events that wait"
        note={`${queue.due} now, ${queue.later} later, ${queue.held} held, ${queue.stuck} stuck${oldest === null ? '' : `; the oldest since ${formatAgo(oldest, new Date())}`}`}
      >
        {(queue.due + queue.later + queue.held + queue.stuck).toLocaleString('en-GB')}
      </Figure>
    </dl>
  );
}

function throttledWords(throttled: number): string {
  return throttled === 0 ? 'Last hour, none were too fast' : `Last hour, ${throttled} were too fast for the service`;
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
