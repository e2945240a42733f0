/** One inner call of a batch as the log keeps it. */
export interface LoggedPart {
  method: string;
  path: string;
  operation: string | null;
  status: number;
  /** Google's reason when the part failed. */
  reason: string | null;
  contentId: string | null;
  /** The fault that was played on it. */
  fault: string | null;
}

/** One HTTP request to the OAuth or Calendar endpoints. Bodies, tokens and codes are not kept. */
export interface LoggedRequest {
  seq: number;
  /** ISO instant by the simulator's clock. */
  at: string;
  method: string;
  /** Path with query, without credentials. */
  path: string;
  /** `events.insert`, `batch`, `oauth.token.refresh` …; null when no such method exists. */
  operation: string | null;
  account: string | null;
  clientId: string | null;
  status: number;
  reason: string | null;
  /** The fault that was played; `status` is then what was, or would have been, answered. */
  fault: string | null;
  /** What deserves a second look, such as `ATTENDEES SENT`. */
  flags: string[];
  parts?: LoggedPart[];
}

/** Remembers the latest requests. */
export interface RequestLog {
  add(request: Omit<LoggedRequest, 'seq'>): void;
  all(): LoggedRequest[];
  clear(): void;
}

const KEPT = 50_000;
// Whatever may carry a credential in a query, and the codes of a callback.
const SECRET_PARAMETERS = ['access_token', 'token', 'refresh_token', 'code', 'client_secret', 'id_token', 'key'];

/** A log that tells `onFlag` of every flagged request. */
export function createRequestLog(onFlag: (flag: string, request: LoggedRequest) => void): RequestLog {
  let entries: LoggedRequest[] = [];
  let count = 0;
  return {
    add(request) {
      count += 1;
      const entry = { seq: count, ...request };
      entries.push(entry);
      if (entries.length >= 2 * KEPT) entries = entries.slice(-KEPT);
      for (const flag of entry.flags) onFlag(flag, entry);
    },
    all: () => [...entries],
    clear: () => void (entries = []),
  };
}

/** A request target without what may be secret in it. */
export function withoutSecrets(target: string): string {
  const mark = target.indexOf('?');
  if (mark === -1) return target;
  const query = new URLSearchParams(target.slice(mark + 1));
  for (const name of SECRET_PARAMETERS) if (query.has(name)) query.set(name, 'hidden');
  return `${target.slice(0, mark)}?${query.toString()}`;
}
