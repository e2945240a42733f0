import sax from 'sax';
import { DavError } from './dav-error.ts';

/** One element of a request, in document order. */
export interface Sent {
  name: string;
  /** Names of the elements around it, the outermost first. */
  path: string[];
  text: string;
  attributes: Record<string, string>;
}

const NAMES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:cs="http://calendarserver.org/ns/"';

/** A whole document around some content. */
export function document(root: string, content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root} ${NAMES}>${content}</${root}>`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Reads what a client sends. Throws DavError 400 for what is no XML. */
export function readXml(body: string): Sent[] {
  const parser = sax.parser(true, { xmlns: true });
  const all: Sent[] = [];
  const open: Sent[] = [];
  Object.assign(parser, {
    onopentag(tag: sax.QualifiedTag) {
      const attributes = Object.fromEntries(Object.values(tag.attributes).map(({ local, value }) => [local, value]));
      const element = { name: tag.local, path: open.map(({ name }) => name), text: '', attributes };
      all.push(element);
      open.push(element);
    },
    onclosetag: () => void open.pop(),
    ontext(text: string) {
      const element = open.at(-1);
      if (element) element.text += text;
    },
    onerror() {
      throw new DavError(400);
    },
  } satisfies Partial<sax.SAXParser>);
  parser.write(body).close();
  return all;
}

/** The text of the first element of a name. */
export function textIn(sent: readonly Sent[], name: string): string | null {
  return sent.find((element) => element.name === name)?.text.trim() ?? null;
}

/** Names of the properties that a request asks for. */
export function asked(sent: readonly Sent[]): string[] {
  return sent.filter(({ path }) => path.at(-1) === 'prop').map(({ name }) => name);
}

/** A property's value as XML; `null`: the server has none. */
export type Properties = Record<string, string | null>;

const CALDAV_NAMES = new Set([
  ...['calendar-home-set', 'calendar-user-address-set', 'schedule-inbox-URL', 'schedule-default-calendar-URL'],
  ...['supported-calendar-component-set', 'calendar-data'],
]);

/** One `response` of a multistatus: what was asked for under 200, what the server lacks under 404. */
export function responseOf(href: string, names: readonly string[], properties: Properties): string {
  const has = (name: string): boolean => properties[name] !== undefined && properties[name] !== null;
  const found = names.filter(has).map((name) => property(name, properties[name] ?? ''));
  const lacking = names.filter((name) => !has(name)).map((name) => property(name, ''));
  return `<d:response><d:href>${escaped(href)}</d:href>${propstat(found, '200 OK')}${propstat(lacking, '404 Not Found')}</d:response>`;
}

/** A `response` without properties. */
export function statusOf(href: string, status: string): string {
  return `<d:response><d:href>${escaped(href)}</d:href><d:status>HTTP/1.1 ${status}</d:status></d:response>`;
}

function property(name: string, value: string): string {
  const full = `${prefixOf(name)}:${name}`;
  return value === '' ? `<${full}/>` : `<${full}>${value}</${full}>`;
}

function prefixOf(name: string): string {
  if (name === 'getctag') return 'cs';
  return CALDAV_NAMES.has(name) ? 'c' : 'd';
}

function propstat(properties: readonly string[], status: string): string {
  if (properties.length === 0) return '';
  return `<d:propstat><d:prop>${properties.join('')}</d:prop><d:status>HTTP/1.1 ${status}</d:status></d:propstat>`;
}
