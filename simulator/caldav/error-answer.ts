import type { Answer } from '../kit/delivery.ts';
import type { DavError } from './dav-error.ts';
import { document, escaped } from './xml.ts';

/** Conditions that belong to WebDAV; all others are CalDAV's. */
const OF_DAV = new Set(['valid-sync-token', 'need-privileges', 'quota-not-exceeded', 'resource-must-be-null']);

/** The refusal as it is sent. */
export function errorAnswer({ status, condition, headers, href }: DavError): Answer {
  if (condition === null) return { status, headers, body: '' };
  const prefix = OF_DAV.has(condition) ? 'd' : 'c';
  const inner = href === null ? '' : `<d:href>${escaped(href)}</d:href>`;
  return {
    status,
    headers: { 'content-type': 'application/xml; charset=utf-8', ...headers },
    body: document('d:error', `<${prefix}:${condition}>${inner}</${prefix}:${condition}>`),
  };
}
