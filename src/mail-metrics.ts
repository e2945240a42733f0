import { Counter, type Registry } from 'prom-client';
import type { Logger } from './base/loggers.ts';
import type { MailEvent } from './mail/mail-worker.ts';

/** Counts and logs what becomes of mails. No person, address or text appears in either. */
export function observeMails(registry: Registry, logger: Logger): (event: MailEvent) => void {
  const mails = new Counter({
    name: 'valclean_mails_total',
    help: 'Attempts to send a mail, by what became of them',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  });
  return (event) => {
    const { kind, outcome, code } = event;
    mails.inc({ kind, outcome });
    if (code === null) logger.debug(event, 'mail done');
    else logger.warn(event, 'mail not sent');
  };
}
