import { escapedHtml } from '../kit/html.ts';
import { plainText } from '../kit/text.ts';
import { webAddress } from '../kit/web-address.ts';
import type { GraphEvent } from './schema.ts';

/*
 * Bodies are never compared with the HTML that was sent: Exchange wraps it, moves its spaces and may drop its styles. Both
 * sides are brought to lines of text, and of those only the words count.
 */

/** Text as lines that survive the way through HTML: single spaces, no space at the ends, no more than one empty line. */
export function bodyLines(text: string): string {
  const lines = plainText(text)
    .split('\n')
    .map((line) => line.replace(/\s+/gu, ' ').trim());
  return lines.join('\n').replace(/\n{3,}/g, '\n\n');
}

/** Lines as the HTML that we send: data escaped, a line that is an address as a link. */
export function toHtml(lines: string): string {
  return lines
    .split('\n')
    .map((line) => {
      const shown = [...escapedHtml(line)].join('');
      return /^\S+$/.test(line) && webAddress(line) !== null ? `<a href="${quoted(shown)}">${shown}</a>` : shown;
    })
    .join('<br>');
}

/** The body of an event as lines. */
export function linesOf(body: GraphEvent['body']): string {
  const content = body?.content ?? '';
  return bodyLines(withoutLinkTargets(body?.contentType?.toLowerCase() === 'text' ? content : htmlToText(content)));
}

/** Whether two bodies say the same, wherever their lines break. */
export function sameWords(one: string, other: string): boolean {
  return words(one) === words(other);
}

function words(lines: string): string {
  return lines.replace(/\s+/gu, ' ').trim();
}

function quoted(escaped: string): string {
  return escaped.replaceAll('"', '&quot;');
}

/** Exchange writes a link as text with its target behind it: `https://a.example/1<https://a.example/1>`. */
function withoutLinkTargets(text: string): string {
  return text.replace(/(https?:\/\/[^\s<>]+)\s*<\1\/?>/g, '$1');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** For answers that come as HTML although text was asked for. Good for comparing; nothing of it is ever shown. */
function htmlToText(html: string): string {
  return html
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<(head|style|script)\b[^]*?<\/\1\s*>/gi, '')
    .replace(/\s+/gu, ' ')
    .replace(/<br\b[^>]*>|<\/(?:p|div|tr|li|h\d)\s*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,10}));/gi, (whole: string, decimal, hex, name) => {
      if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
      const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    });
}
