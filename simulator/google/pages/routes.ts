import type { Answer } from '../../kit/delivery.ts';
import type { World } from '../world.ts';
import { CONSENT_PATH, answerAuthorize, answerConsentPage, answerDecision } from './sign-in.ts';
import { answerEventForm } from './event-form.ts';
import { LIVE_SCRIPT } from '../../kit/pages/live-script.ts';
import { answerRevokeForm, answerStart } from './start.ts';
import { STYLESHEET } from './stylesheet.ts';
import { WEEK_STYLESHEET } from './week-stylesheet.ts';
import { answerWeek } from './week.ts';

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
  if (pathname === '/') return answerStart(world);
  if (pathname === '/assets/simulator.css') return asset('text/css', STYLESHEET + WEEK_STYLESHEET);
  if (pathname === '/assets/live.js') return asset('text/javascript', LIVE_SCRIPT);
  const email = between(pathname, '/calendar/', '');
  return email === null ? null : answerWeek(world, email, searchParams);
}

function answerForm(world: World, request: PageRequest): Answer | null {
  const { pathname, searchParams } = request.url;
  const form = new URLSearchParams(request.body.toString());
  if (pathname === CONSENT_PATH) return answerDecision(world, searchParams, form);
  const calendar = between(pathname, '/calendar/', '');
  if (calendar !== null) return answerEventForm(world, calendar, searchParams, form);
  const account = between(pathname, '/accounts/', '/revoke');
  return account === null ? null : answerRevokeForm(world, account);
}

/** The one path segment between two texts, decoded, or null. */
function between(path: string, before: string, after: string): string | null {
  if (!path.startsWith(before) || !path.endsWith(after)) return null;
  const segment = path.slice(before.length, path.length - after.length);
  if (segment === '' || segment.includes('/')) return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null; // URIError: a lone percent sign names nobody
  }
}

function asset(type: string, body: string): Answer {
  return { status: 200, headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' }, body };
}
