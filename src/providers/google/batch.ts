/** One call inside a batch, its path relative to the API's origin. */
export interface BatchRequest {
  method: string;
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
}

/** One answer inside a batch's answer. */
export interface BatchPart {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

const LINE = '\r\n';

/**
 * Writes calls as one `multipart/mixed` body (https://developers.google.com/workspace/calendar/api/guides/batch).
 * The n-th part, from 0, is called `item-n`.
 * @param boundary must not occur in any part; a random one cannot
 */
export function buildBatch(requests: readonly BatchRequest[], boundary: string): string {
  const parts = requests.map((request, index) => [
    `--${boundary}`,
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    `Content-ID: <item-${index}>`,
    '',
    `${request.method} ${request.path} HTTP/1.1`,
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
    ...(request.body === undefined ? [] : [`content-length: ${Buffer.byteLength(request.body)}`]),
    '',
    request.body ?? '',
  ]);
  return [...parts.flat(), `--${boundary}--`, ''].join(LINE);
}

/**
 * Reads a batch's answer. Parts are found by `Content-ID`, never by their order; lengths are not trusted, and whatever
 * cannot be read is left out.
 * @returns the part that answers `item-n` under n
 */
export function parseBatch(contentType: string | undefined, body: string): Map<number, BatchPart> {
  const answers = new Map<number, BatchPart>();
  const boundary = boundaryOf(contentType ?? '');
  if (boundary === null) return answers;
  for (const lines of splitParts(body, boundary)) {
    const outer = readHeaders(lines, 0);
    const item = itemOf(outer.headers['content-id']);
    const part = readPart(lines, outer.next);
    if (item !== null && part && !answers.has(item)) answers.set(item, part);
  }
  return answers;
}

function boundaryOf(contentType: string): string | null {
  const match = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2] ?? null;
}

/** The lines of each part. JSON holds no line ends inside its strings, so unifying them loses nothing. */
function splitParts(body: string, boundary: string): string[][] {
  const parts: string[][] = [];
  for (const line of body.split(/\r?\n/)) {
    const delimiter = line.trimEnd();
    if (delimiter === `--${boundary}--`) break;
    if (delimiter === `--${boundary}`) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}

function readPart(lines: readonly string[], from: number): BatchPart | null {
  const start = skipEmpty(lines, from);
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/.exec(lines[start]?.trimEnd() ?? '')?.[1];
  if (status === undefined) return null;
  const { headers, next } = readHeaders(lines, start + 1);
  return { status: Number(status), headers, body: lines.slice(next).join('\n').trim() };
}

/** Reads header lines up to an empty line; empty lines in front are passed over only where none is expected. */
function readHeaders(lines: readonly string[], from: number): { headers: Record<string, string>; next: number } {
  const headers: Record<string, string> = Object.create(null);
  let index = from;
  for (; index < lines.length; index += 1) {
    const line = lines[index]?.trim() ?? '';
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, next: index + 1 };
}

function skipEmpty(lines: readonly string[], from: number): number {
  let index = from;
  while (index < lines.length && lines[index]?.trim() === '') index += 1;
  return index;
}

function itemOf(contentId: string | undefined): number | null {
  const match = /^<?(?:response-)?item-(\d{1,4})>?$/i.exec(contentId ?? '');
  return match ? Number(match[1]) : null;
}
