import type { FastifyRequest } from 'fastify';
import type { Passwords } from '../../../use-cases/accounts/passwords.ts';

/** Hashes `password` of a body before the handler, which on idempotent routes runs inside a transaction. */
export function hashPasswordFirst(passwords: Passwords): {
  /** A `preHandler`. */
  hash(request: FastifyRequest): Promise<void>;
  /** `undefined` when the body had no password. */
  of(request: FastifyRequest): string | undefined;
} {
  const hashes = new WeakMap<object, string>();
  return {
    async hash(request) {
      const { body } = request;
      if (typeof body !== 'object' || body === null || !('password' in body)) return;
      if (typeof body.password === 'string') hashes.set(request, await passwords.hash(body.password));
    },
    of: (request) => hashes.get(request),
  };
}
