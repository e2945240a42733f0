import type { Turns } from '../use-cases/calendar/turns.ts';
import type { App } from './route.ts';

/** Lets whoever is being answered go before the pieces of long answers (`config.long`). Streams without end hold nobody up. */
export function letAnswersGoFirst(app: App, turns: Turns): void {
  app.addHook('onRequest', async (request, reply) => {
    const { long, endless } = request.routeOptions.config;
    if (long === true || endless === true) return;
    const answered = turns.letGoFirst();
    // Also when the client goes away before its answer.
    reply.raw.once('close', answered);
  });
}
