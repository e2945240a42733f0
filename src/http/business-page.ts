import { createHash } from 'node:crypto';
import type { BusinessLogo } from './business-logo.ts';

/** What people see of the business on every page. */
export interface Business {
  name: string;
  /** `null`: our own mark. */
  logo: BusinessLogo | null;
  /** Whether mails reach people: no page promises one that stays on the server. */
  isMailed: boolean;
}

/** How built pages call the business. */
const OUR_NAME = 'VALClean';
const OUR_ICON = /<link rel="icon"[^>]*>/;

const NO_MAILS = '<meta name="mail-delivery" content="outbox" />';

/** Address of the operator's logo. */
export const LOGO_PATH = '/business-logo';

/** The one page of the web app, with what people see of the business in it: it is there with the first letter. */
export interface BusinessPage {
  html: string;
  /** With its quotes (RFC 9110 §8.8.3). */
  tag: string;
}

export function businessPage(built: string, business: Business): BusinessPage {
  const named = withBusinessIcon(withBusinessName(built, business.name), business.logo);
  const html = business.isMailed ? named : named.replace('</head>', () => `${NO_MAILS}</head>`);
  return { html, tag: `"${createHash('sha256').update(html).digest('base64url')}"` };
}

/** A part of a built page with the name of this business in it, which can put nothing else there. */
export function withBusinessName(built: string, name: string): string {
  return built.replaceAll(OUR_NAME, () => escapeHtml(name));
}

/** A built page whose icon is the logo, when the business has one. */
export function withBusinessIcon(built: string, logo: BusinessLogo | null): string {
  return logo === null ? built : built.replace(OUR_ICON, () => logoElements(logo));
}

function logoElements({ type }: BusinessLogo): string {
  return `<link rel="icon" href="${LOGO_PATH}" type="${type}" /><meta name="business-logo" content="${LOGO_PATH}" />`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
