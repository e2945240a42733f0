import type { RawRequest, RawResponse } from './http-server.ts';

/** One event that arrived, for the rows that ask when. */
export interface Arrival {
  /** Milliseconds on the machine's monotonic clock, which all its processes share. */
  at: number;
  method: string;
  /** The access token, which tells the account. */
  token: string;
}

/** What the provider has seen; of a batch its parts are counted. */
export interface Counts {
  /** HTTP requests. */
  requests: number;
  inserted: number;
  /** Inserts that met their own id. */
  duplicates: number;
  updated: number;
  deleted: number;
  read: number;
}

interface StoredEvent {
  body: string;
  version: number;
  /** The access token of the account that it is in. */
  owner: string;
}

const JSON_TYPE = 'application/json; charset=UTF-8';
const BATCH_TYPE = 'multipart/mixed; boundary=batch_answer';

/**
 * As much of Google's Calendar API v3 as the product uses, as cheap as can be: bodies are kept as they came, and ids are
 * found by their place. Each account has one calendar, whatever it is called. Its owner never touches it: what is read back
 * is what was written, in a reading from the start, and nothing in those that follow.
 */
export class FakeCalendar {
  counts: Counts = noCounts();
  arrivals: Arrival[] | null = null;
  /** The last single insert as it came, for peers that shall send the same bytes. */
  lastInsert: RawRequest | null = null;
  #events = new Map<string, StoredEvent>();
  #lastId = 0;

  answer(request: RawRequest, at: number): RawResponse {
    this.counts.requests += 1;
    const { method, path, head, body } = request;
    if (path.startsWith('/batch/')) return this.#batch(request, at);
    if (path.startsWith('/token')) return token();
    this.arrivals?.push({ at, method, token: bearer(head) });
    const answer = this.#call(method, path, body, bearer(head));
    if (method === 'POST') this.lastInsert = request;
    return { ...answer, contentType: JSON_TYPE };
  }

  /** Forgets everything, so that memory and lookups stay the same from round to round. */
  forget(): void {
    this.#events = new Map();
    this.counts = noCounts();
  }

  #call(method: string, path: string, body: string, token: string): Omit<RawResponse, 'contentType'> {
    const id = /\/events\/([^/?]+)/.exec(path)?.[1];
    if (method === 'POST') return this.#insert(body, token);
    if (id === undefined) return this.#list(path, token);
    const event = this.#events.get(id);
    if (!event) return failure(404, 'notFound');
    if (method === 'GET') return this.#read(id, event);
    if (method === 'PUT') return this.#update(id, event, body);
    this.counts.deleted += 1;
    this.#events.delete(id);
    return { status: 204, body: '' };
  }

  #insert(body: string, owner: string): Omit<RawResponse, 'contentType'> {
    // The product writes its own id, and writes it first; whoever leaves it to us gets one.
    const id = /^\{"id":"([a-v0-9]+)"/.exec(body)?.[1] ?? `fake${(this.#lastId += 1)}`;
    if (this.#events.has(id)) {
      this.counts.duplicates += 1;
      return failure(409, 'duplicate');
    }
    this.counts.inserted += 1;
    this.#events.set(id, { body, version: 1, owner });
    return { status: 200, body: acknowledgement(id, 1) };
  }

  #read(id: string, { body, version }: StoredEvent): Omit<RawResponse, 'contentType'> {
    this.counts.read += 1;
    return { status: 200, body: `${acknowledgement(id, version).slice(0, -1)},"status":"confirmed",${body.slice(1)}` };
  }

  #update(id: string, event: StoredEvent, body: string): Omit<RawResponse, 'contentType'> {
    this.counts.updated += 1;
    event.body = body;
    event.version += 1;
    return { status: 200, body: acknowledgement(id, event.version) };
  }

  #list(path: string, token: string): Omit<RawResponse, 'contentType'> {
    const query = new URLSearchParams(path.slice(path.indexOf('?')));
    const isWhole = query.has('timeMin');
    const from = Number(query.get('pageToken') ?? 0);
    const to = from + Number(query.get('maxResults') ?? 250);
    const own = isWhole ? [...this.#events].filter(([, event]) => event.owner === token) : [];
    const items = own.slice(from, to).map(([id, { body, version }]) => {
      const link = /"vcLink":"([^"]+)"/.exec(body)?.[1] ?? '';
      return `{"id":"${id}","etag":"\\"${version}\\"","status":"confirmed","extendedProperties":{"private":{"vcLink":"${link}"}}}`;
    });
    const next = to < own.length ? `"nextPageToken":"${to}"` : '"nextSyncToken":"1"';
    return { status: 200, body: `{"summary":"Primary",${next},"items":[${items.join(',')}]}` };
  }

  #batch({ head, body }: RawRequest, at: number): RawResponse {
    const boundary = /boundary=("?)([^"\s;]+)\1/i.exec(head)?.[2] ?? '';
    const token = bearer(head);
    let text = '';
    for (const part of body.split(`--${boundary}\r\n`).slice(1)) {
      const item = /^content-id: *<([^>]+)>/im.exec(part)?.[1] ?? '';
      const inner = part.indexOf('\r\n\r\n') + 4;
      const [method = '', path = ''] = part.slice(inner, part.indexOf('\r\n', inner)).split(' ');
      const from = part.indexOf('\r\n\r\n', inner) + 4;
      this.arrivals?.push({ at, method, token });
      const answer = this.#call(method, path, part.slice(from, part.lastIndexOf('\r\n')), token);
      text +=
        `--batch_answer\r\nContent-Type: application/http\r\nContent-ID: <response-${item}>\r\n\r\n` +
        `HTTP/1.1 ${answer.status} OK\r\nContent-Type: ${JSON_TYPE}\r\n\r\n${answer.body}\r\n`;
    }
    return { status: 200, contentType: BATCH_TYPE, body: `${text}--batch_answer--\r\n` };
  }
}

function noCounts(): Counts {
  return { requests: 0, inserted: 0, duplicates: 0, updated: 0, deleted: 0, read: 0 };
}

function bearer(head: string): string {
  return /\r\nauthorization: *Bearer ([^\r\n]+)/i.exec(head)?.[1] ?? '';
}

function acknowledgement(id: string, version: number): string {
  return `{"id":"${id}","etag":"\\"${version}\\"","htmlLink":"https://www.google.com/calendar/event?eid=${id}"}`;
}

function failure(status: number, reason: string): Omit<RawResponse, 'contentType'> {
  return { status, body: JSON.stringify({ error: { code: status, errors: [{ reason }], message: reason } }) };
}

function token(): RawResponse {
  const body = JSON.stringify({ access_token: 'token', token_type: 'Bearer', expires_in: 3600 });
  return { status: 200, contentType: JSON_TYPE, body };
}
