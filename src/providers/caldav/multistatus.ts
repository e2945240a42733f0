import { resolveHref } from './href.ts';
import { DAV } from './namespaces.ts';
import { childOf, childrenOf, parseXml, type XmlElement } from './xml.ts';

/** One resource of a 207 answer (RFC 4918 §13). */
export interface DavResource {
  url: URL;
  /** Of the resource itself; `null` when only its properties have one. */
  status: number | null;
  /** A property that the server has a value of. */
  prop(ns: string, name: string): XmlElement | null;
}

export interface Multistatus {
  resources: DavResource[];
  /** Of a `sync-collection` (RFC 6578 §6.2). */
  syncToken: string | null;
}

/** Reads a 207's body; hrefs are resolved against the address that was asked. `null`: it is no such thing. */
export function readMultistatus(body: string, asked: URL): Multistatus | null {
  const root = parseXml(body);
  if (!root || root.ns !== DAV || root.name !== 'multistatus') return null;
  const resources = childrenOf(root, DAV, 'response').flatMap((response) => {
    const url = resolveHref(childOf(response, DAV, 'href')?.text ?? '', asked);
    return url ? [toResource(response, url)] : [];
  });
  const token = childOf(root, DAV, 'sync-token')?.text.trim() ?? '';
  return { resources, syncToken: token === '' ? null : token };
}

function toResource(response: XmlElement, url: URL): DavResource {
  // Some servers list what they lack under a 404, with empty values that would hide the good ones.
  const props = childrenOf(response, DAV, 'propstat')
    .filter((propstat) => isFine(statusOf(propstat)))
    .flatMap((propstat) => childOf(propstat, DAV, 'prop')?.children ?? []);
  return {
    url,
    status: statusOf(response),
    prop: (ns, name) => props.find((prop) => prop.ns === ns && prop.name === name) ?? null,
  };
}

/** `HTTP/1.1 404 Not Found` → 404. */
function statusOf(element: XmlElement): number | null {
  const text = childOf(element, DAV, 'status')?.text ?? '';
  const [, code] = /^\s*HTTP\/\d(?:\.\d)?\s+(\d{3})/.exec(text) ?? [];
  return code === undefined ? null : Number(code);
}

function isFine(status: number | null): boolean {
  return status === null || (status >= 200 && status < 300);
}

/** The address within a property such as `current-user-principal`. */
export function hrefIn(property: XmlElement | null, base: URL): URL | null {
  const href = childOf(property, DAV, 'href');
  return href ? resolveHref(href.text, base) : null;
}

/** The names of the conditions that an error answer says were not met (RFC 4918 §16), `valid-sync-token` for one. */
export function unmetConditions(body: string): { conditions: string[]; href: string | null } {
  const root = body.trimStart().startsWith('<') ? parseXml(body) : null;
  if (!root || root.name !== 'error') return { conditions: [], href: null };
  const href = root.children.map((child) => childOf(child, DAV, 'href')).find((found) => found !== null);
  return { conditions: root.children.map(({ name }) => name), href: href?.text ?? null };
}
