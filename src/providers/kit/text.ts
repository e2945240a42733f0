/**
 * Text as a calendar service keeps it: `\n` for line ends, no control characters, no halves of surrogate pairs (JSON
 * would carry them, UTF-8 cannot), no space around it.
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

/** `plainText` on one line. */
export function plainLine(text: string): string {
  return plainText(text).replace(/\s*[\n\t]\s*/g, ' ');
}

/** The longest beginning of `pieces` whose joined length is at most `limit` UTF-16 units; no piece is cut. */
export function clip(pieces: Iterable<string>, limit: number): string {
  let text = '';
  for (const piece of pieces) {
    if (text.length + piece.length > limit) break;
    text += piece;
  }
  return text;
}
