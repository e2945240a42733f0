import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Role } from '../domain/appointment.ts';
import type { SignedIn } from '../use-cases/accounts/authenticate.ts';
import type { AccountServices } from '../use-cases/accounts/context.ts';
import type { CalendarServices } from '../use-cases/calendar/context.ts';
import type { UseCaseContext } from '../use-cases/context.ts';
import type { LiveHub } from '../use-cases/live/live-hub.ts';

/** The server as routes see it: schemas of `api-contract` give the types of body, query, params and answer. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse<IncomingMessage>,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What routes are given beside the request. A route's use-case context is `request.context`. */
export interface RouteDeps {
  accounts: AccountServices;
  /** Joined with `request.context`: `{ ...context, ...calendar }` is what calendar use cases are given. */
  calendar: CalendarServices;
  /** Tells those who follow what changes. */
  live: LiveHub;
}

/**
 * One operation. Each file under `routes/` exports one such function, named as the operation, and `list.ts` lists it:
 *
 *     export function confirmOrderRoute(app: App): void {
 *       app.post('/api/orders/:id/confirm/', {
 *         config: { access: ['manager', 'admin'], idempotent: true },
 *         schema: { summary: '…', tags: ['Orders'], params: idParamsSchema, response: { 200: changedOrderSchema } },
 *         handler: (request) => confirmOrder(request.context, request.caller, request.params.id),
 *       });
 *     }
 */
export type Route = (app: App, deps: RouteDeps) => void;

/** Who may call a route: anybody, or people of these roles. Whether they may touch this very thing, the use case says. */
export type Access = 'public' | readonly Role[];

/** Every role: for routes of every signed-in person. */
export const EVERYBODY: readonly Role[] = ['customer', 'staff', 'manager', 'admin'];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route without it fails the start. */
    access?: Access;
    /** Answers a repeated `Idempotency-Key` with the first answer; see `idempotency.ts`. */
    idempotent?: boolean;
    /** The answer goes on until one side leaves: how long that takes says nothing. */
    endless?: boolean;
    /** Its answer is made piece by piece, in turns (`use-cases/calendar/turns.ts`), for as long as it takes. */
    long?: boolean;
  }

  interface FastifyInstance {
    /** Ends the streams of everybody and opens no new ones. */
    endStreams(): Promise<void>;
  }

  interface FastifyRequest {
    /** The signed-in person. Reading it on a public route is a mistake and throws. */
    readonly caller: SignedIn;
    /** What use cases are given. On idempotent routes its database is the transaction that holds the key. */
    context: UseCaseContext;
  }
}
