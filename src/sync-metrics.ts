import { Counter, Histogram, type Registry } from 'prom-client';
import type { Logger } from './base/loggers.ts';
import { SECOND } from './base/time.ts';
import type { DrainEvent } from './sync/drain-context.ts';

/** Counts and logs what the engine does. No customer, account or event appears in either. */
export function observeSync(registry: Registry, logger: Logger): (event: DrainEvent) => void {
  const registers = [registry];
  const operations = new Counter({
    name: 'valclean_sync_operations_total',
    help: 'Calendar operations by outcome',
    labelNames: ['provider', 'outcome'],
    registers,
  });
  const setbacks = new Counter({
    name: 'valclean_sync_setbacks_total',
    help: 'Accounts that had to wait or to be reconnected, by reason',
    labelNames: ['provider', 'kind'],
    registers,
  });
  const duration = new Histogram({
    name: 'valclean_sync_batch_seconds',
    help: 'Duration of one call to a provider',
    labelNames: ['provider'],
    registers,
  });
  const readings = new Histogram({
    name: 'valclean_sync_reading_seconds',
    help: 'Duration of reading back what changed in one calendar',
    labelNames: ['provider'],
    registers,
  });

  const lags = new Histogram({
    name: 'valclean_sync_lag_seconds',
    help: 'From when a change that people wait for was due until its calendar acknowledged it',
    labelNames: ['provider'],
    buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800],
    registers,
  });

  return (event) => {
    if (event.kind === 'changed') return;
    if (event.kind === 'lease_lost') {
      logger.warn({ connectionId: event.connectionId }, 'lease on an account was lost');
      return;
    }
    const { connectionId, provider } = event;
    if (event.kind === 'read') {
      readings.observe({ provider }, event.tookMs / SECOND);
      return;
    }
    if (event.kind === 'recorded') {
      for (const lagMs of event.lagsMs) lags.observe({ provider }, lagMs / SECOND);
      return;
    }
    if (event.kind === 'asked') {
      logger.warn({ connectionId, provider, question: event.question }, 'deletion guard asks the owner');
      return;
    }
    if (event.kind === 'setback') {
      const { kind } = event.failure;
      setbacks.inc({ provider, kind });
      const code = 'code' in event.failure ? event.failure.code : event.failure.what;
      logger[kind === 'operator_error' ? 'error' : 'warn']({ connectionId, provider, kind, code }, 'account set back');
      return;
    }
    const { calls, failures, tookMs } = event;
    operations.inc({ provider, outcome: 'done' }, calls - failures);
    operations.inc({ provider, outcome: 'failed' }, failures);
    duration.observe({ provider }, tookMs / SECOND);
    logger.debug({ connectionId, provider, calls, failures, tookMs }, 'events written');
  };
}
