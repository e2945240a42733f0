import type { FastifyHelmetOptions } from '@fastify/helmet';

/** Nobody looks at the API's answers as pages. */
const NOTHING = ["'none'"];

/** Headers of every answer of the API. */
export const API_HEADERS: FastifyHelmetOptions = {
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
export const WEB_HEADERS: FastifyHelmetOptions = {
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
