import type { Answer } from '../delivery.ts';
import type { World } from '../world.ts';
import { CONSENT_PATH, answerAuthorize, answerConsentPage, answerDecision } from './sign-in.ts';
import { STYLESHEET } from './stylesheet.ts';

/** A request for a page, as far as pages care. */
export interface PageRequest {
  method: string;
  url: URL;
  headers: Record<string, string | undefined>;
  body: Buffer;
}

/** Answers the simulator's own pages, or null when there is none at that address. */
export function answerPage(world: World, request: PageRequest): Answer | null {
  const { pathname, searchParams } = request.url;
  if (request.method === 'POST') return answerForm(world, request);
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  if (pathname === '/o/oauth2/v2/auth') return answerAuthorize(world, searchParams);
  if (pathname === CONSENT_PATH) return answerConsentPage(world, searchParams);
  if (pathname === '/assets/simulator.css') return asset('text/css', STYLESHEET);
  return null;
}

function answerForm(world: World, request: PageRequest): Answer | null {
  const form = new URLSearchParams(request.body.toString());
  if (request.url.pathname === CONSENT_PATH) return answerDecision(world, request.url.searchParams, form);
  return null;
}

function asset(type: string, body: string): Answer {
  return { status: 200, headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' }, body };
}
