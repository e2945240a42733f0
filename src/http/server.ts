import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { LogController, type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Registry } from 'prom-client';
import type { Logger } from '../base/loggers.ts';
import { SECOND } from '../base/time.ts';
import type { UseCaseContext } from '../use-cases/context.ts';
import { LiveHub, type LiveLimits } from '../use-cases/live/live-hub.ts';
import { guardAccess } from './access.ts';
import { letAnswersGoFirst } from './answers-first.ts';
import { acceptJson, BODY_LIMIT_BYTES, refuseUnusableInput } from './body.ts';
import { letGoWhenClosing } from './closing.ts';
import { idempotencyOnRoute } from './idempotency.ts';
import { measureRequests } from './metrics.ts';
import { openApiOptions } from './openapi.ts';
import { malformed, problemOf } from './problem.ts';
import type { App, Route, RouteDeps } from './route.ts';
import { routes } from './routes/list.ts';
import { healthzRoute } from './routes/operation/healthz.ts';
import { metricsRoute } from './routes/operation/metrics.ts';
import { openApiRoute } from './routes/operation/openapi.ts';
import { readyzRoute } from './routes/operation/readyz.ts';
import { API_HEADERS, DOCS_CSP, writeSecurityHeaders } from './security-headers.ts';
import { answerUnknownRoutes } from './unknown-routes.ts';
import { compileValidator } from './validation.ts';

export interface ServerDeps extends Omit<RouteDeps, 'live'> {
  /** Given to every use case. */
  context: UseCaseContext;
  logger: Logger;
  /** Where the server's own measurements go, and what `/metrics` shows. */
  registry: Registry;
  /** `null`: `/metrics` answers this machine only. */
  metricsToken: string | null;
  /** 32 random bytes; makes stored fingerprints of bodies unguessable. */
  fingerprintKey: Uint8Array;
  /** Whose `X-Forwarded-For` is believed: addresses and networks, or `loopback`. */
  trustedProxies: string[];
  /** Beside those of `routes/list.ts`; for tests. */
  moreRoutes?: readonly Route[];
  /** Other limits of streams; for tests. */
  liveLimits?: Partial<LiveLimits>;
}

/** A slow body ties up memory; nobody with a working line needs longer. */
const REQUEST_TIMEOUT_MS = 30 * SECOND;

/** Builds the API; it does not listen yet. `app.close()` ends it. */
export async function createServer(deps: ServerDeps): Promise<App> {
  // Fastify's own view of a logger, so that routes see no more of it.
  const loggerInstance: FastifyBaseLogger = deps.logger;
  const app: App = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { ignoreTrailingSlash: true },
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: deps.trustedProxies,
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => answerProblem(error, request, reply, deps.logger),
    clientErrorHandler: answerClientError,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(compileValidator);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, deps.logger));
  acceptJson(app);
  await addPlugins(app);
  addHooks(app, deps);
  const live = openLiveHub(app, deps);
  addOperationRoutes(app, deps);
  for (const register of [...routes, ...(deps.moreRoutes ?? [])]) register(app, { ...deps, live });
  return app;
}

/** Those of others. Their routes say nothing about access, so they come before the guard. */
async function addPlugins(app: App): Promise<void> {
  writeSecurityHeaders(app, API_HEADERS);
  await app.register(cookie);
  await app.register(swagger, openApiOptions);
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: DOCS_CSP,
    // Without the bar for other descriptions: there is one.
    uiConfig: { layout: 'BaseLayout' },
    theme: { title: 'VALClean API' },
  });
}

function addHooks(app: App, deps: ServerDeps): void {
  letGoWhenClosing(app);
  letAnswersGoFirst(app, deps.calendar.feeds.turns);
  app.decorateRequest('context');
  app.addHook('onRequest', async (request, reply) => {
    request.context = deps.context;
    // People's data has no place in the browser's cache; routes that may be kept say so themselves.
    reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store' });
  });
  answerUnknownRoutes(app);
  guardAccess(app, deps.context, deps.accounts);
  app.addHook('preValidation', refuseUnusableInput);
  app.addHook('onRoute', idempotencyOnRoute(deps.fingerprintKey));
  measureRequests(app, deps.registry);
  app.addHook('onResponse', async (request, reply) => logRequest(request, reply, deps.logger));
}

/** Streams end before connections are waited for. */
function openLiveHub(app: App, { context, logger, liveLimits }: ServerDeps): LiveHub {
  const onError = (error: unknown): void => logger.error({ err: error }, 'followers could not be told');
  const hub = new LiveHub({
    ...context,
    database: context.database.background,
    onError,
    ...(liveLimits && { limits: liveLimits }),
  });
  app.decorate('endStreams', () => hub.close());
  app.addHook('preClose', () => hub.close());
  return hub;
}

/** For those who run the system; they need more than routes are given. */
function addOperationRoutes(app: App, deps: ServerDeps): void {
  healthzRoute(app);
  readyzRoute(app, deps.context.database);
  metricsRoute(app, deps.registry, deps.metricsToken);
  openApiRoute(app);
}

/** The route's pattern, never the address: that may hold codes, tokens and names. */
function logRequest(request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  const { method, id: requestId } = request;
  const ms = Math.round(reply.elapsedTime);
  const route = request.routeOptions.url ?? 'none';
  logger.info({ requestId, method, route, status: reply.statusCode, ms }, 'request answered');
}

/** The one place that turns errors into answers. */
function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): FastifyReply {
  const { body, headers, unexpected } = problemOf(error, request.id);
  if (unexpected) {
    const { method, id: requestId } = request;
    logger.error({ requestId, method, route: request.routeOptions.url, err: error }, 'request failed');
  }
  return reply
    .code(body.status)
    .headers({ 'cache-control': 'no-store', 'x-request-id': request.id, ...headers })
    .type('application/problem+json')
    .send(JSON.stringify(body));
}

/** What is no HTTP, or has too long headers; there is no request to speak of yet. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const detail = 'This is no valid HTTP request, or its headers are too long.';
  const { body } = problemOf(malformed('malformed_request', detail), randomUUID());
  const text = JSON.stringify(body);
  const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close`;
  socket.end(`${head}\r\n\r\n${text}`);
}
