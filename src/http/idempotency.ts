import { createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest, RouteHandlerMethod, RouteOptions } from 'fastify';
import { malformedField } from '../domain/errors.ts';
import { doOnce, type KeyName } from '../use-cases/do-once.ts';

/*
 * How a repeated POST is answered (header `Idempotency-Key`, routes with `config: { idempotent: true }`).
 *
 * The key is claimed, the change made and its answer stored in ONE transaction: after a crash there is all of it or
 * nothing, so nothing is ever done twice, and no half-made claim stays behind. Two requests at once: the second one's
 * claim waits in the database for the first transaction, then finds its answer (or, when the first failed, does the work).
 *
 * For routes and use cases this means only: use `request.context`. Its `database` hands out the open transaction, so a use
 * case that calls `context.database.transaction(…)` or reads `context.database.db` runs inside it without knowing. And as
 * `Database.transaction` says, the handler then awaits nothing but the database; slow work (hashing a password) belongs
 * into a `preHandler`. What the handler returns is stored as JSON; refusals are not stored, so a repetition is judged anew.
 */

/** Visible ASCII; long enough for any kind of UUID, short enough for an index. */
const KEY = /^[\x21-\x7e]{1,200}$/;

/** Wraps the handlers of idempotent routes; an `onRoute` hook. `secret` keeps stored fingerprints of bodies unguessable. */
export function idempotencyOnRoute(secret: Uint8Array): (route: RouteOptions) => void {
  return (route) => {
    if (!route.config?.idempotent) return;
    if (route.config.access === 'public') throw new Error(`${route.url}: keys belong to people, so it can't be public`);
    const handler: RouteHandlerMethod = route.handler;
    route.handler = async function handleOnce(request, reply) {
      const key = keyOf(request);
      if (key === null) return handler.call(this, request, reply);
      const name: KeyName = { userId: request.caller.id, operation: operationOf(request), key };
      const work = async (): Promise<unknown> => handler.call(this, request, reply);
      return answerOnce(request, reply, name, fingerprint(request, secret), work);
    };
  };
}

async function answerOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  name: KeyName,
  bodyHash: Buffer,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const answer = await doOnce(request.context, name, bodyHash, async (context) => {
    request.context = context;
    const response = (await work()) ?? null;
    return { status: reply.statusCode, response };
  });
  if (answer.replayed) reply.code(answer.status).header('idempotency-replayed', 'true');
  return answer.response;
}

function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw malformedField(
    'not_a_key',
    'Idempotency-Key',
    'Give an Idempotency-Key of 1 to 200 visible ASCII characters, such as a UUID, and give it once.',
  );
}

function operationOf(request: FastifyRequest): string {
  return `${request.method} ${request.routeOptions.url}`;
}

/** Of everything that tells one request from another: path, query and body. Keyed, because bodies may hold passwords. */
function fingerprint(request: FastifyRequest, secret: Uint8Array): Buffer {
  const { params, query, body } = request;
  return createHmac('sha256', secret)
    .update(JSON.stringify([params, query, body ?? null], sortedKeys))
    .digest();
}

/** A `JSON.stringify` replacer: objects that differ only in the order of their keys are the same. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
