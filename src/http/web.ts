import serveStatic from '@fastify/static';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import type { Logger } from '../base/loggers.ts';
import { SECOND } from '../base/time.ts';
import { IDLE_WHILE_CLOSING_MS, watchUnused } from './closing.ts';
import type { BusinessLogo } from './business-logo.ts';
import { businessPage, LOGO_PATH, type Business, type BusinessPage } from './business-page.ts';
import { readHelp, type HelpPage, type HelpPages } from './help-pages.ts';
import { matchingTag } from './if-none-match.ts';
import type { App } from './route.ts';
import { LOGO_CSP, WEB_HEADERS, writeSecurityHeaders } from './security-headers.ts';
import { takenEncoding } from './taken-encoding.ts';

export interface WebDeps {
  /** The API, ready; it answers everything under `/api`, so that the browser has one origin. */
  api: App;
  /** Folder of the built web app, absolute. */
  root: string;
  business: Business;
  logger: Logger;
}

/** As for the API; see `server.ts`. */
const REQUEST_TIMEOUT_MS = 30 * SECOND;

/** Names of files under `assets/` carry a hash of their content: what has another content has another name. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Asked for again each time, and answered by 304 while nothing changed. */
const ASK_AGAIN = 'no-cache';

/** Builds the listener of the web app; it does not listen yet. `close()` ends it, not the API. */
export async function createWeb({ api, root, business, logger }: WebDeps): Promise<FastifyInstance> {
  const page = businessPage(await readFile(join(root, 'index.html'), 'utf8'), business);
  const help = await readHelp(root, business);
  const loggerInstance: FastifyBaseLogger = logger;
  const web: FastifyInstance = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (_error, _request, reply) => plain(reply, 400, 'The address is not valid.'),
    serverFactory: (handle) => createSharedServer(api, handle),
  });
  web.setErrorHandler((error, _request, reply) => answerError(error, reply, logger));
  const dropUnused = watchUnused(web.server);
  // Streams come in here, too, and would be waited for.
  web.addHook('preClose', async () => {
    await api.endStreams();
    web.server.keepAliveTimeout = IDLE_WHILE_CLOSING_MS;
    dropUnused();
  });
  writeSecurityHeaders(web, WEB_HEADERS);
  await web.register(serveStatic, {
    root,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes(`${sep}assets${sep}`) ? FOR_EVER : ASK_AGAIN);
    },
  });
  // Before the files of those names: in these the business has its name.
  for (const path of ['/', '/index.html']) web.get(path, (request, reply) => sendPage(page, request, reply));
  for (const path of ['/help', '/help/*'])
    web.get<{ Params: { '*'?: string } }>(path, (request, reply) =>
      sendHelp(help, request.params['*'] ?? '', request, reply),
    );
  if (business.logo !== null) serveLogo(web, business.logo);
  web.setNotFoundHandler((request, reply) => answerUnknown(page, request, reply));
  return web;
}

function createSharedServer(api: App, handle: (request: IncomingMessage, response: ServerResponse) => void): Server {
  return createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    if (/^\/api(?:[/?]|$)/.test(request.url ?? '')) api.routing(request, response);
    else handle(request, response);
  });
}

/** Every address that looks like a page is the app's own affair; its router says what is there. */
function answerUnknown(page: BusinessPage, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { method, url } = request;
  if (method !== 'GET' && method !== 'HEAD')
    return plain(reply.header('allow', 'GET, HEAD'), 405, 'Only GET and HEAD.');
  const [path = ''] = url.split('?');
  const isFile = path.startsWith('/assets/') || /\.\w+$/.test(path);
  if (isFile) return plain(reply, 404, 'There is no such file.');
  return sendPage(page, request, reply);
}

function sendPage({ html, tag }: BusinessPage, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header('cache-control', ASK_AGAIN).header('etag', tag);
  if (matchingTag(request.headers['if-none-match'], [tag]) !== null) return reply.code(304).send();
  return reply.type('text/html; charset=utf-8').send(html);
}

/** The operator's file is shown as a picture only: opened by itself, an SVG runs no scripts and fetches nothing. */
function serveLogo(web: FastifyInstance, { bytes, type, tag }: BusinessLogo): void {
  web.get(LOGO_PATH, (request, reply) => {
    // On a 304, too: its headers replace those that the browser has kept (RFC 9111 §3.2).
    reply.header('cache-control', ASK_AGAIN).header('etag', tag).header('content-security-policy', LOGO_CSP);
    if (matchingTag(request.headers['if-none-match'], [tag]) !== null) return reply.code(304).send();
    return reply.type(type).send(bytes);
  });
}

/** A page of the help, with or without the slash at its end; the help has no router, so at any other address is nothing. */
async function sendHelp(
  { pages, missing }: HelpPages,
  path: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const page = pages.get(path.replace(/\/$/, ''));
  reply.header('cache-control', ASK_AGAIN).header('vary', 'accept-encoding');
  // Without an etag: asked for again, this answer would lose its body.
  if (page === undefined) return sendEncoded(missing, request, reply.code(404));
  const { tags } = page;
  const known = matchingTag(request.headers['if-none-match'], Object.values(tags));
  if (known !== null) return reply.header('etag', known).code(304).send();
  return sendEncoded(page, request, reply.header('etag', tags[takenEncoding(request.headers['accept-encoding'])]));
}

async function sendEncoded(page: HelpPage, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const encoding = takenEncoding(request.headers['accept-encoding']);
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.type('text/html; charset=utf-8').send(await page.bytes(encoding));
}

function answerError(error: unknown, reply: FastifyReply, logger: Logger): FastifyReply {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) return plain(reply, status, 'There is nothing at this address.');
  logger.error({ err: error }, 'web app could not be served');
  return plain(reply, 500, 'Something went wrong on our side. Try again.');
}

function plain(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`);
}
