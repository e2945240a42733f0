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

/** Few texts hold any of these; one look spares the other steps. Units are looked at, so an emoji counts: this is faster. */
// oxlint-disable-next-line no-control-regex
const UNFIT = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]/;

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
