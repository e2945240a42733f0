import type { FastifyReply, FastifyRequest } from 'fastify';
import { BusinessError } from '../domain/errors.ts';
import { Refused } from './problem.ts';
import type { App } from './route.ts';

/**
 * Answers what no route takes: 405 with `Allow` when the address exists for other methods, 204 with `Allow` to OPTIONS,
 * 404 otherwise. Decided before the body is read, so that its faults don't hide the real one. Nothing is ever said to
 * allow other origins: the browser has one (see `web.ts`).
 */
export function answerUnknownRoutes(app: App): void {
  const known: { pattern: RegExp; methods: string[] }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    known.push({ pattern: patternOf(url), methods: [method].flat() });
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return undefined;
    const [path = ''] = request.url.split('?');
    const methods = new Set(known.flatMap((route) => (route.pattern.test(path) ? route.methods : [])));
    if (methods.size === 0) throw noRoute();
    return answerOtherMethod(request, reply, [...methods, 'OPTIONS'].toSorted().join(', '));
  });
  // Reached by nothing, since the hook answers; Fastify's own would repeat the address.
  app.setNotFoundHandler(() => {
    throw noRoute();
  });
}

function answerOtherMethod(request: FastifyRequest, reply: FastifyReply, allow: string): FastifyReply {
  if (request.method === 'OPTIONS') return reply.header('allow', allow).code(204).send();
  const detail = `This address does not take ${request.method}. It takes ${allow}.`;
  throw new Refused({ status: 405, title: 'Method not allowed', code: 'method_not_allowed', detail }, { allow });
}

function noRoute(): BusinessError {
  return new BusinessError(
    'not_found',
    'route_not_found',
    'There is nothing at this address. All addresses are listed at /api/docs/.',
  );
}

/** `/api/orders/:id/` → matches `/api/orders/7/` and `/api/orders/7`; `:token.ics` what ends so. */
function patternOf(url: string): RegExp {
  const parts = url.replace(/\/$/, '').split('/');
  const source = parts.map((part) => {
    if (part === '*') return '.*';
    const [, named = '', rest = ''] = /^(:\w+)?(.*)$/.exec(part) ?? [];
    return (named && '[^/]+') + rest.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  });
  return new RegExp(`^${source.join('/')}/?$`);
}
