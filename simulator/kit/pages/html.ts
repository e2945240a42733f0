/** A piece of HTML that is safe to put into a page as it stands. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Piece = Html | string | number | null | undefined | false | readonly Piece[];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A template tag that escapes everything that is not itself `Html`; null, undefined and false print nothing. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  const written = strings.map((text, index) => text + (index < pieces.length ? print(pieces[index]) : ''));
  return new Html(written.join(''));
}

function print(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(print).join('');
  return String(piece).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
