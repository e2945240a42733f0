import helmet, { type HelmetOptions } from 'helmet';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { App } from './route.ts';

/** Nobody looks at the API's answers as pages. */
const NOTHING = ["'none'"];

/** Headers of every answer of the API. */
export const API_HEADERS: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: NOTHING, frameAncestors: NOTHING, baseUri: NOTHING, formAction: NOTHING },
  },
  referrerPolicy: { policy: 'no-referrer' },
  frameguard: { action: 'deny' },
  // Where https ends (a proxy, or this process on loopback http) is the operator's choice, and so is this header.
  strictTransportSecurity: false,
};

/** Swagger UI is served from here with all its parts; it styles itself by script, which no directive forbids. */
export const DOCS_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Of the operator's logo: a picture may style itself, and no more. */
export const LOGO_CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

const SELF = ["'self'"];

/**
 * Headers of the web app. Nothing inline and nothing from elsewhere: the build writes scripts, styles and the theme's
 * variables into files, and React sets single styles by script, which no directive forbids. `data:` images are the small
 * signs in style sheets.
 */
export const WEB_HEADERS: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: NOTHING,
      scriptSrc: SELF,
      styleSrc: SELF,
      imgSrc: ["'self'", 'data:'],
      fontSrc: SELF,
      connectSrc: SELF,
      manifestSrc: SELF,
      baseUri: NOTHING,
      formAction: SELF,
      frameAncestors: NOTHING,
    },
  },
  referrerPolicy: { policy: 'same-origin' },
  frameguard: { action: 'deny' },
  strictTransportSecurity: false,
};

/**
 * Has every answer carry these headers; routes may write others over them. They are worked out once: `@fastify/helmet` does it
 * anew for each request, and what it leaves made each young collection ten times as long (2 ms, not 20, measured).
 */
export function writeSecurityHeaders(app: App | FastifyInstance, options: HelmetOptions): void {
  const headers = headersOf(options);
  (app as FastifyInstance).addHook('onRequest', async (_request, reply) => void reply.headers(headers));
}

/** What helmet writes: the same for every answer. */
function headersOf(options: HelmetOptions): Readonly<Record<string, string>> {
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  helmet(options)(answer.req, answer, (error) => {
    if (error !== undefined) throw error;
  });
  return Object.fromEntries(Object.entries(answer.getHeaders()).map(([name, value]) => [name, String(value)]));
}
