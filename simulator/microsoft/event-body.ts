/** A body as its author sent it. */
export interface EventBody {
  contentType: 'html' | 'text';
  content: string;
}

const PREVIEW_LENGTH = 255;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'", apos: "'" };

/** The body as every later read gives it: HTML in a document of Exchange's own, whatever was sent. Empty stays empty. */
export function asHtml(body: EventBody): string {
  if (body.content === '') return '';
  const inner = body.contentType === 'html' ? innerHtml(body.content) : htmlOfText(body.content);
  return (
    '<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>\r\n' +
    `<body>\r\n${inner}\r\n</body>\r\n</html>\r\n`
  );
}

/** The body as plain text. */
export function asText(body: EventBody): string {
  if (body.contentType === 'text') return body.content;
  return innerHtml(body.content)
    .replaceAll(/\r?\n/g, ' ')
    .replaceAll(/<(br|\/p|\/div|\/li|\/h[1-6]|\/tr)\b[^>]*>/gi, '\r\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ ?\r\n ?/g, '\r\n')
    .trim();
}

/** The beginning of the text, in one line. */
export function previewOf(body: EventBody): string {
  return asText(body).replaceAll(/\s+/g, ' ').slice(0, PREVIEW_LENGTH);
}

// What somebody read and sends back comes in a document already; Exchange does not put one into another.
function innerHtml(content: string): string {
  const inside = /<body[^>]*>([\s\S]*?)<\/body>/i.exec(content)?.[1];
  return inside === undefined ? content : inside.trim();
}

function htmlOfText(text: string): string {
  const escaped = text.replaceAll(/[&<>]/g, (character) => ESCAPES[character] ?? character);
  return `<div class="PlainText">${escaped.replaceAll(/\r?\n/g, '<br>\r\n')}</div>`;
}
