import type { Answer } from '../../kit/delivery.ts';
import type { World } from '../world.ts';
import { CONSENT_PATH, answerAuthorize, answerConsentPage, answerDecision } from './sign-in.ts';
import { answerEventForm } from './event-form.ts';
import { LIVE_SCRIPT } from '../../kit/pages/live-script.ts';
import { answerRevokeForm, answerStart } from './start.ts';
import { asset, segmentBetween } from '../../kit/pages/routing.ts';
import { STYLESHEET } from '../../kit/pages/stylesheet.ts';
import { WEEK_STYLESHEET } from '../../kit/pages/week-stylesheet.ts';
import { THEME } from './theme.ts';
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
  if (pathname === '/assets/simulator.css') return asset('text/css', THEME + STYLESHEET + WEEK_STYLESHEET);
  if (pathname === '/assets/live.js') return asset('text/javascript', LIVE_SCRIPT);
  const email = segmentBetween(pathname, '/calendar/', '');
  return email === null ? null : answerWeek(world, email, searchParams);
}

function answerForm(world: World, request: PageRequest): Answer | null {
  const { pathname, searchParams } = request.url;
  const form = new URLSearchParams(request.body.toString());
  if (pathname === CONSENT_PATH) return answerDecision(world, searchParams, form);
  const calendar = segmentBetween(pathname, '/calendar/', '');
  if (calendar !== null) return answerEventForm(world, calendar, searchParams, form);
  const account = segmentBetween(pathname, '/accounts/', '/revoke');
  return account === null ? null : answerRevokeForm(world, account);
}
