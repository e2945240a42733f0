import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { App } from './route.ts';

/** Of a connection that falls idle while the server closes; Node adds a second of its own. */
export const IDLE_WHILE_CLOSING_MS = 1;

/**
 * Lets a closing server end as soon as the last answer is out. Fastify closes connections that are idle at that moment;
 * those that are being answered would be kept alive after it, for more than a minute, in the hope of another request.
 */
export function letGoWhenClosing(app: App): void {
  let closing = false;
  const dropUnused = watchUnused(app.server);
  app.addHook('preClose', async () => {
    closing = true;
    app.server.keepAliveTimeout = IDLE_WHILE_CLOSING_MS;
    dropUnused();
  });
  app.addHook('onSend', async (_request, reply) => {
    // Whoever is told so asks another node next time.
    if (closing) reply.header('connection', 'close');
  });
}

/**
 * Browsers open connections ahead of need. Node calls one idle only after its first request, and would wait for that.
 * @returns what closes those that have not been used yet
 */
export function watchUnused(server: Server): () => void {
  const unused = new Set<Socket>();
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  return () => {
    for (const socket of unused) socket.destroy();
  };
}
