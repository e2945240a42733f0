/** One inner HTTP request of a batch. */
export interface InnerRequest {
  contentId: string | null;
  method: string;
  /** Origin-relative target with query. */
  target: string;
  /** Header names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** One inner answer of a batch. */
export interface InnerResponse {
  contentId: string | null;
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A batch body that is none; the message says where. */
export class MultipartError extends Error {}

const REASON_PHRASES: Record<number, string> = {
  200: 'OK',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The boundary of a `multipart/mixed` content type (quoted or not), or null when it is none. */
export function boundaryOf(contentType: string | undefined): string | null {
  if (contentType === undefined || !/^multipart\/mixed\s*;/i.test(contentType)) return null;
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  return match?.[1] ?? match?.[2] ?? null;
}

/** Reads a batch body (RFC 2046 section 5.1). Lines end in CRLF; anything else throws MultipartError. */
export function parseBatch(body: Buffer, boundary: string): InnerRequest[] {
  // latin1 keeps one character a byte, so lengths stay true until a body is decoded.
  const [, ...pieces] = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`);
  const end = pieces.findIndex((piece) => /^--[ \t]*(\r\n|$)/.test(piece));
  if (end === -1) throw new MultipartError('the closing boundary is missing');
  return pieces.slice(0, end).map(parsePart);
}

/** Writes a batch answer; the boundary must occur nowhere in it. */
export function emitBatch(parts: readonly InnerResponse[], boundary: string): string {
  const emitted = parts.map((part) => `--${boundary}\r\n${partHeaders(part)}\r\n${innerMessage(part)}\r\n`);
  return `${emitted.join('')}--${boundary}--\r\n`;
}

function parsePart(piece: string): InnerRequest {
  const start = /^[ \t]*\r\n/.exec(piece);
  if (!start) throw new MultipartError('a boundary line does not end in CRLF');
  const part = split(piece.slice(start[0].length), 'the headers of a part do not end in an empty line');
  const outer = parseHeaders(part.head);
  if (!/^application\/http\b/i.test(outer['content-type'] ?? '')) {
    throw new MultipartError('a part is not application/http');
  }
  const inner = split(part.rest.replace(/^(\r\n)+/, ''), 'an inner request does not end its headers in an empty line');
  const [requestLine = '', ...headerLines] = inner.head.split('\r\n');
  const match = /^([A-Z]+) (\S+)(?: HTTP\/1\.1)?$/.exec(requestLine);
  if (!match) throw new MultipartError('an inner request has no request line');
  const headers = parseHeaders(headerLines.join('\r\n'));
  return {
    contentId: outer['content-id'] ?? null,
    method: match[1] ?? '',
    target: match[2] ?? '',
    headers,
    body: innerBody(inner.rest, headers['content-length']),
  };
}

function split(text: string, complaint: string): { head: string; rest: string } {
  if (text.startsWith('\r\n')) return { head: '', rest: text.slice(2) };
  const at = text.indexOf('\r\n\r\n');
  if (at !== -1) return { head: text.slice(0, at), rest: text.slice(at + 4) };
  // The last header line of a request without a body may be followed by the boundary at once.
  if (text.endsWith('\r\n')) return { head: text.slice(0, -2), rest: '' };
  throw new MultipartError(complaint);
}

function parseHeaders(block: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of block === '' ? [] : block.split('\r\n')) {
    const at = line.indexOf(':');
    if (at < 1 || line.includes('\n')) throw new MultipartError('a header line has no name or does not end in CRLF');
    headers[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim();
  }
  return headers;
}

function innerBody(rest: string, contentLength: string | undefined): string {
  const trimmed = rest.replace(/(\r\n)+$/, '');
  if (contentLength === undefined) return decode(trimmed);
  const length = Number(contentLength);
  if (!Number.isInteger(length) || length < 0) throw new MultipartError('an inner Content-Length is no number');
  if (rest.length < length || rest.slice(length).replaceAll('\r\n', '') !== '') {
    throw new MultipartError('an inner Content-Length does not fit the body');
  }
  return decode(rest.slice(0, length));
}

function decode(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

function partHeaders(part: InnerResponse): string {
  const id = part.contentId === null ? '' : `Content-ID: ${responseId(part.contentId)}\r\n`;
  return `Content-Type: application/http\r\n${id}`;
}

/** `<vc-1>` becomes `<response-vc-1>`. */
function responseId(contentId: string): string {
  return contentId.startsWith('<') ? `<response-${contentId.slice(1)}` : `response-${contentId}`;
}

function innerMessage(part: InnerResponse): string {
  const headers = Object.entries(part.headers).map(([name, value]) => `${titled(name)}: ${value}\r\n`);
  if (part.body !== '') headers.push(`Content-Length: ${Buffer.byteLength(part.body)}\r\n`);
  return `HTTP/1.1 ${part.status} ${REASON_PHRASES[part.status] ?? 'Unknown'}\r\n${headers.join('')}\r\n${part.body}`;
}

function titled(name: string): string {
  return name === 'etag' ? 'ETag' : name.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
