import type { FastifyReply } from 'fastify';
import type { CalendarFile } from '../../../use-cases/calendar/appointment-file.ts';

/** Answers with a file that calendar apps open. */
export function sendCalendarFile(reply: FastifyReply, { fileName, text }: CalendarFile): FastifyReply {
  return reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .send(text);
}
