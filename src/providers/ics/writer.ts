const CRLF = '\r\n';

/** RFC 5545 §3.1: octets of a line, without its end. */
const LINE_OCTETS = 75;

/**
 * Makes any text fit for a calendar: line breaks of all kinds become `\n`, control characters go (RFC 5545 §3.1 allows
 * only HTAB), half emoji and U+FFFE/U+FFFF (which XML 1.0 §2.2, and so CalDAV, can't carry) become U+FFFD.
 */
export function cleanText(text: string): string {
  if (!UNFIT.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\p{Cc}--[\n\t]]/gv, '')
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD');
}

/** Few texts hold any of these; one look spares the other steps (a third of the time of a large feed). */
const UNFIT = /[[\p{Cc}\p{Cs}\u2028\u2029\uFFFE\uFFFF]--[\n\t]]/v;

/** For titles and names: a clean text whose line breaks are spaces. */
export function oneLine(text: string): string {
  return cleanText(text).replaceAll('\n', ' ');
}

/** Cuts a text after `max` characters, never through one. */
export function clip(text: string, max: number): string {
  return text.length <= max ? text : Array.from(text).slice(0, max).join('');
}

/** RFC 5545 §3.3.11. The text must be clean. */
export function escapeText(text: string): string {
  return /[\\;,\n]/.test(text) ? text.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n') : text;
}

/** A parameter's value: RFC 6868 for what quotes can't hold, quotes where RFC 5545 §3.2 wants them. */
export function paramValue(text: string): string {
  const encoded = cleanText(text).replaceAll('^', '^^').replaceAll('\n', '^n').replaceAll('"', "^'");
  return /[:;,]/.test(encoded) ? `"${encoded}"` : encoded;
}

/** A line whose value is text written by people. */
export function textLine(name: string, text: string): string {
  return contentLine(`${name}:${escapeText(cleanText(text))}`);
}

/** Folds one clean, complete line (`NAME;PARAM=x:value`) and ends it. */
export function contentLine(line: string): string {
  if (line.length * 3 <= LINE_OCTETS || Buffer.byteLength(line) <= LINE_OCTETS) return line + CRLF;
  let folded = '';
  let from = 0;
  let octets = 0;
  for (let at = 0; at < line.length;) {
    const point = line.codePointAt(at) ?? 0;
    const size = utf8Length(point);
    if (octets + size > LINE_OCTETS) {
      folded += `${line.slice(from, at)}${CRLF} `;
      from = at;
      // The space that marks a continuation counts.
      octets = 1;
    }
    octets += size;
    at += point > 0xffff ? 2 : 1;
  }
  return folded + line.slice(from) + CRLF;
}

function utf8Length(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x1_0000 ? 3 : 4;
}
