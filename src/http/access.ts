import type { FastifyRequest } from 'fastify';
import { BusinessError, forbidden } from '../domain/errors.ts';
import { authenticate, type SignedIn } from '../use-cases/accounts/authenticate.ts';
import type { AccountServices } from '../use-cases/accounts/context.ts';
import type { UseCaseContext } from '../use-cases/context.ts';
import type { App } from './route.ts';

/** RFC 6750 §2.1; the scheme's case does not count (RFC 9110 §11.1). */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

const CALLER = Symbol('caller');
type WithCaller = FastifyRequest & { [CALLER]?: SignedIn };

/**
 * Lets in only whom the route's `config.access` names, before anything else of the request is looked at. A route that
 * names nobody fails the start.
 */
export function guardAccess(app: App, context: UseCaseContext, accounts: AccountServices): void {
  app.decorateRequest('caller', { getter: callerOf });
  app.addHook('onRoute', (route) => {
    if (route.config?.access !== undefined) return;
    throw new Error(`The route ${String(route.method)} ${route.url} does not say who may call it (config.access)`);
  });
  app.addHook('onRequest', async (request: WithCaller) => {
    const { access } = request.routeOptions.config;
    if (access === undefined || access === 'public') return;
    const caller = await authenticate({ ...context, ...accounts }, tokenOf(request));
    if (caller === null) throw badToken();
    if (!access.includes(caller.role)) throw forbidden('Your role may not do this. Ask an administrator or manager.');
    request[CALLER] = caller;
  });
}

function callerOf(this: FastifyRequest): SignedIn {
  const caller = (this as WithCaller)[CALLER];
  if (caller === undefined) throw new Error('A public route asked who calls');
  return caller;
}

function tokenOf(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    throw new BusinessError(
      'unauthenticated',
      'not_signed_in',
      'Sign in first: send the header Authorization: Bearer <access token> of POST /api/auth/login/.',
    );
  }
  const [, token] = BEARER.exec(authorization) ?? [];
  if (token === undefined) throw badToken();
  return token;
}

function badToken(): BusinessError {
  return new BusinessError(
    'unauthenticated',
    'invalid_token',
    'The access token is not valid or has expired. Get a new one from POST /api/auth/refresh/, or sign in again.',
  );
}
