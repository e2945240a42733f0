import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MINUTE, SECOND } from '../../../base/time.ts';

/** Ties a consent to the browser in which it began (RFC 9700 §4.7.1); a secret of the browser, not of the person. */
const NAME = 'valclean_connect';
/** As long as a flow may take. */
const LASTS_MS = 10 * MINUTE;
const TOKEN = /^[\w-]{43}$/;

/** The browser's secret; `null` when it sent none, or not one of ours. */
export function browserToken(request: FastifyRequest): string | null {
  const value = request.cookies[NAME];
  return value !== undefined && TOKEN.test(value) ? value : null;
}

/**
 * Keeps the secret in the browser. `Lax`, because the callback is a navigation that comes from the provider's pages.
 * @param secure whether the app is served over https
 */
export function keepBrowserToken(reply: FastifyReply, token: string, secure: boolean): void {
  reply.setCookie(NAME, token, {
    path: '/api/calendar/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: LASTS_MS / SECOND,
  });
}
