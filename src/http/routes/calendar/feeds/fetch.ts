import { Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import { z } from 'zod';
import { openFeed } from '../../../../use-cases/calendar/open-feed.ts';
import { matchingTag } from '../../../if-none-match.ts';
import { takenEncoding } from '../../../taken-encoding.ts';
import type { App, RouteDeps } from '../../../route.ts';

/** `GET|HEAD /api/calendar/feed/{token}.ics` */
export function fetchFeedRoute(app: App, { calendar }: RouteDeps): void {
  app.get('/api/calendar/feed/:token.ics', {
    config: { access: 'public', long: true },
    schema: {
      summary: 'A subscription feed, for calendar programs',
      description:
        'The secret in the address is all that is asked for. `ETag` and `If-None-Match`, gzip. 404 for a secret that is none or was revoked.',
      tags: ['Calendar'],
      // Anything: a secret of a wrong form is answered as one that was revoked.
      params: z.strictObject({ token: z.string() }),
      produces: ['text/calendar'],
    },
    handler: async ({ context, params, headers, method }, reply) => {
      const feed = await openFeed({ ...context, ...calendar }, params.token, headers['user-agent']);
      const zipped = takenEncoding(headers['accept-encoding'], ['gzip']) === 'gzip';
      // A strong tag stands for bytes, which differ when they are zipped (RFC 9110 §8.8.3.3).
      const [plain, gzip] = [`"${feed.tag}"`, `"${feed.tag}-gzip"`];
      const tags = zipped ? [gzip, plain] : [plain, gzip];
      const known = matchingTag(headers['if-none-match'], tags);
      reply.headers({
        etag: known ?? tags[0],
        'cache-control': 'private, max-age=0, must-revalidate',
        vary: 'Accept-Encoding',
        'x-robots-tag': 'noindex',
        'x-content-type-options': 'nosniff',
      });
      if (known !== null) return reply.code(304).send();
      reply.type('text/calendar; charset=utf-8');
      if (zipped) reply.header('content-encoding', 'gzip');
      if (method === 'HEAD') return reply.send();
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const text = Readable.from(feed.pieces(gone.signal), { objectMode: false });
      return reply.send(zipped ? zip(text) : text);
    },
  });
}

/** The least effort already makes a feed 25 times smaller. */
function zip(text: Readable): Readable {
  const zipper = createGzip({ level: constants.Z_BEST_SPEED });
  text.once('error', (error) => zipper.destroy(error));
  // A reader that goes away: nothing more is made for it.
  zipper.once('close', () => text.destroy());
  return text.pipe(zipper);
}
