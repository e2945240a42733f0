import { createHash } from 'node:crypto';
import type { BusinessLogo } from './business-logo.ts';

/** Where the built page says how the business is called. */
const OUR_NAME = 'VALClean';
const OUR_ICON = /<link rel="icon"[^>]*>/;

/** Address of the operator's logo. */
export const LOGO_PATH = '/business-logo';

/** The one page of the web app, with the name and the logo of the business in it: both are there with the first letter. */
export interface BusinessPage {
  html: string;
  /** With its quotes (RFC 9110 §8.8.3). */
  tag: string;
}

export function businessPage(built: string, name: string, logo: BusinessLogo | null): BusinessPage {
  const named = built.replaceAll(OUR_NAME, () => escapeHtml(name));
  const html = logo === null ? named : named.replace(OUR_ICON, () => logoElements(logo));
  return { html, tag: `"${createHash('sha256').update(html).digest('base64url')}"` };
}

function logoElements({ type }: BusinessLogo): string {
  return `<link rel="icon" href="${LOGO_PATH}" type="${type}" /><meta name="business-logo" content="${LOGO_PATH}" />`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
