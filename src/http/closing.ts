import type { App } from './route.ts';

/** Of a connection that falls idle while the server closes; Node adds a second of its own. */
const IDLE_WHILE_CLOSING_MS = 1;

/**
 * Lets a closing server end as soon as the last answer is out. Fastify closes connections that are idle at that moment;
 * those that are being answered would be kept alive after it, for more than a minute, in the hope of another request.
 */
export function letGoWhenClosing(app: App): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    app.server.keepAliveTimeout = IDLE_WHILE_CLOSING_MS;
  });
  app.addHook('onSend', async (_request, reply) => {
    // Whoever is told so asks another node next time.
    if (closing) reply.header('connection', 'close');
  });
}
