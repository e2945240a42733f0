import type { Answer } from '../../kit/delivery.ts';
import { LIVE_SCRIPT } from '../../kit/pages/live-script.ts';
import { asset, segmentBetween } from '../../kit/pages/routing.ts';
import { STYLESHEET } from '../../kit/pages/stylesheet.ts';
import { WEEK_STYLESHEET } from '../../kit/pages/week-stylesheet.ts';
import type { World } from '../world.ts';
import { answerAdminConsent, answerAdminDecision } from './admin-consent.ts';
import { answerAccount, answerAuthorize, answerDecision, answerReturn, answerSecondFactor } from './sign-in.ts';
import { answerEventForm } from './event-form.ts';
import { answerApprovalForm, answerRevokeForm, answerStart } from './start.ts';
import { answerWeek } from './week.ts';
import { THEME, THEME_DETAILS } from './theme.ts';

/** A request for a page, as far as pages care. */
export interface PageRequest {
  method: string;
  url: URL;
  body: Buffer;
}

const SIGN_IN_PATH = /^\/([^/]+)\/oauth2\/v2\.0\/(authorize|consent|second-factor|return)$/;
const ADMIN_PATH = /^\/([^/]+)\/(?:v2\.0\/)?adminconsent$/;

/** Answers the simulator's own pages, or null when there is none at that address. */
export function answerPage(world: World, request: PageRequest): Answer | null {
  if (request.method === 'POST') return answerForm(world, request);
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  const { pathname, searchParams } = request.url;
  if (pathname === '/assets/simulator.css') {
    return asset('text/css', THEME + STYLESHEET + WEEK_STYLESHEET + THEME_DETAILS);
  }
  if (pathname === '/assets/live.js') return asset('text/javascript', LIVE_SCRIPT);
  const [, segment = '', step] = SIGN_IN_PATH.exec(pathname) ?? [];
  if (step === 'authorize') return answerAuthorize(world, segment, searchParams);
  if (step === 'consent') return answerAccount(world, segment, searchParams);
  if (step === 'return') return answerReturn(world, segment, searchParams);
  const admin = ADMIN_PATH.exec(pathname)?.[1];
  if (admin !== undefined) return answerAdminConsent(world, admin, searchParams);
  if (pathname === '/') return answerStart(world);
  const email = segmentBetween(pathname, '/mailbox/', '');
  return email === null ? null : answerWeek(world, email, searchParams);
}

function answerForm(world: World, request: PageRequest): Answer | null {
  const { pathname, searchParams } = request.url;
  const form = new URLSearchParams(request.body.toString());
  const [, segment = '', step] = SIGN_IN_PATH.exec(pathname) ?? [];
  if (step === 'consent') return answerDecision(world, segment, searchParams, form);
  if (step === 'second-factor') return answerSecondFactor(world, segment, searchParams);
  const admin = ADMIN_PATH.exec(pathname)?.[1];
  if (admin !== undefined) return answerAdminDecision(world, admin, searchParams, form);
  const mailbox = segmentBetween(pathname, '/mailbox/', '');
  if (mailbox !== null) return answerEventForm(world, mailbox, searchParams, form);
  const revoked = segmentBetween(pathname, '/accounts/', '/revoke');
  if (revoked !== null) return answerRevokeForm(world, revoked);
  const approved = segmentBetween(pathname, '/accounts/', '/approval');
  return approved === null ? null : answerApprovalForm(world, approved);
}
