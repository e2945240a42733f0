import { EventStream } from '../../event-stream.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';

/** `GET /api/calendar/stream/` */
export function streamRoute(app: App, { live }: RouteDeps): void {
  app.get('/api/calendar/stream/', {
    config: { access: EVERYBODY, endless: true },
    // The answer to HEAD would never end.
    exposeHeadRoute: false,
    schema: {
      summary: 'Server-sent events: what changes, as it changes',
      description:
        'Events name what changed among what the caller may see, by ids (`null`: more than can be named); ask for it again. ' +
        '`appointment`, `order`, `ledger` (ids of appointments), `connection` (own accounts and settings), `team` (people of whom ' +
        '`GET /api/calendar/team/` tells), `absence` (people of whom `GET /api/absences/` tells): `{"ids": [1, 2] | null}`; ' +
        '`backfill`: `{"connection_id", "done", "total"}`; `reset`: anything may have changed, also the first event unless nothing ' +
        'since `Last-Event-ID` was missed; `end`: `{"reason": "token_expired" | "signed_out" | "closing"}`. ' +
        'A comment every 15 seconds. The stream ends with the access token. Ten of one person at most: 429.',
      tags: ['Calendar'],
      produces: ['text/event-stream'],
    },
    handler: async (request, reply) => {
      const { caller, headers } = request;
      const stream = new EventStream();
      const lastId = headers['last-event-id'];
      const leave = await live.follow({
        userId: caller.id,
        until: caller.expiresAt,
        lastId: typeof lastId === 'string' ? lastId : null,
        sink: stream,
      });
      stream.once('close', leave);
      // Gone before there was a stream to close.
      if (request.raw.socket.destroyed) stream.destroy();
      return reply
        .type('text/event-stream; charset=utf-8')
        .headers({ 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' })
        .send(stream);
    },
  });
}
