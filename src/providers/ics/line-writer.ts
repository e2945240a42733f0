import { cleanText } from './writer.ts';

/** RFC 5545 §3.1: octets of a line, without its end. */
export const LINE_OCTETS = 75;

/** Enough for some 25 events: feeds are written 20 at a time. */
const USUAL_OCTETS = 24_576;

const [LF, CR, SPACE, COLON, BACKSLASH] = [10, 13, 32, 58, 92];

/** What is done with an octet: 0: it stands as it is; otherwise what follows a backslash in its place, or `LOOK`. */
type Handling = Uint8Array;

/** The octet may begin something that is not fit for a calendar. */
const LOOK = 1;

const AS_IT_IS: Handling = new Uint8Array(256);

/** RFC 5545 §3.3.11 */
const ESCAPED: Handling = new Uint8Array(256);
for (let control = 0; control < SPACE; control += 1) ESCAPED[control] = LOOK;
ESCAPED[9] = 0;
ESCAPED[LF] = 'n'.charCodeAt(0);
for (const sign of ['\\', ';', ',']) ESCAPED[sign.charCodeAt(0)] = sign.charCodeAt(0);
// DEL, and in UTF-8 the first octets of U+0080–009F, U+2028–2029 and U+FFFE–FFFF.
for (const octet of [0x7f, 0xc2, 0xe2, 0xef]) ESCAPED[octet] = LOOK;

/** A value is encoded here, and goes from here into its line; no more than one is under way at a time. */
let encoded = Buffer.allocUnsafe(USUAL_OCTETS);

/**
 * Writes lines as the bytes that go over the wire. A text is encoded first and escaped and folded as octets: that is many
 * times faster than making strings of its pieces.
 */
export class LineWriter {
  #bytes: Buffer;
  #at = 0;

  /** @param octets how much is about to be written; it may be more */
  constructor(octets: number = USUAL_OCTETS) {
    this.#bytes = Buffer.allocUnsafe(octets);
  }

  /** Whole lines with their ends, none of them too long. */
  lines(text: string): void {
    this.#reserve(3 * text.length);
    this.#at += this.#bytes.write(text, this.#at);
  }

  /** One clean, complete line (`NAME;PARAM=x:value`), which is folded and ended. */
  line(text: string): void {
    this.#write('', text, AS_IT_IS);
  }

  /** A line whose value is a text written by people, cleaned and escaped. When nothing is left of it, nothing is written. */
  textLine(name: string, text: string): void {
    if (this.#write(name, text, ESCAPED)) return;
    const clean = cleanText(text);
    if (clean.trim() !== '') this.#write(name, clean, ESCAPED);
  }

  /** All that was written. Nothing must be written after that. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  /** @returns whether all of the value was fit; otherwise nothing was written */
  #write(name: string, value: string, handling: Handling): boolean {
    // A unit becomes three octets at most, of which 71 and more share the three of a fold.
    this.#reserve(name.length + 4 * value.length + 8);
    if (encoded.length < 3 * value.length) encoded = Buffer.allocUnsafe(3 * value.length);
    const [source, bytes, length] = [encoded, this.#bytes, encoded.write(value)];
    let at = this.#at;
    let full = at + LINE_OCTETS;
    for (let index = 0; index < name.length; index += 1) bytes[at++] = name.charCodeAt(index);
    if (name !== '') bytes[at++] = COLON;
    for (let next = 0; next < length;) {
      const stop = Math.min(length, next + full - at);
      while (next < stop && handling[source[next] ?? 0] === 0) bytes[at++] = source[next++] ?? 0;
      const octet = source[next] ?? 0;
      if (next === length) break;
      if (next === stop) {
        // Never through a character: octets like 10xxxxxx continue one (RFC 3629 §3).
        for (; ((source[next] ?? 0) & 0xc0) === 0x80; next -= 1) at -= 1;
        at = fold(bytes, at);
        full = at + LINE_OCTETS - 1;
      } else if (handling[octet] === LOOK) {
        if (isUnfit(source, next)) return false;
        bytes[at++] = octet;
        next += 1;
      } else {
        bytes[at++] = BACKSLASH;
        if (at === full) {
          at = fold(bytes, at);
          full = at + LINE_OCTETS - 1;
        }
        bytes[at++] = handling[octet] ?? 0;
        next += 1;
      }
    }
    bytes[at] = CR;
    bytes[at + 1] = LF;
    this.#at = at + 2;
    return true;
  }

  #reserve(octets: number): void {
    if (this.#at + octets <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#at + octets));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

/** Folds one clean, complete line and ends it. */
export function contentLine(line: string): string {
  // A unit has three octets at most.
  if (3 * line.length <= LINE_OCTETS) return `${line}\r\n`;
  const writer = new LineWriter(4 * line.length + 8);
  writer.line(line);
  return writer.bytes().toString();
}

/** Goes on in another line, whose first space counts. @returns where */
function fold(bytes: Buffer, at: number): number {
  bytes[at] = CR;
  bytes[at + 1] = LF;
  bytes[at + 2] = SPACE;
  return at + 3;
}

/** Whether `cleanText` would change the character that begins here. */
function isUnfit(source: Buffer, at: number): boolean {
  const [first = 0, second = 0, third = 0] = [source[at], source[at + 1], source[at + 2]];
  if (first === 0xc2) return second < 0xa0;
  if (first === 0xe2) return second === 0x80 && (third === 0xa8 || third === 0xa9);
  if (first === 0xef) return second === 0xbf && third >= 0xbe;
  return true;
}
