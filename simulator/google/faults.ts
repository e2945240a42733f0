/** Which requests a fault is played on; what is left out matches everything. */
export interface FaultMatch {
  /** E-mail of the account. */
  account?: string;
  method?: string;
  /** Text that the path contains; for parts of a batch their inner path. */
  path?: string;
  /** `events.insert`, `events.update`, `batch`, `oauth.token.refresh`, `oauth.token.code`, `oauth.revoke` …; `events.*` for all of a kind. */
  operation?: string;
  calendarId?: string;
  eventId?: string;
  /** True: only parts of a batch; false: only requests of their own (the outer batch request included). */
  inBatch?: boolean;
  /** Only the n-th part of a batch, counted from 1. */
  part?: number;
}

/** What happens to a matching request. */
export type FaultAction =
  /** Answers an error and does nothing. */
  | {
      kind: 'answer';
      status: number;
      reason?: string;
      message?: string;
      domain?: string;
      retryAfterSeconds?: number;
      errorSubtype?: string;
    }
  /** Does what was asked, then answers an error. */
  | { kind: 'answer-after-commit'; status: number; reason?: string; message?: string }
  /** Closes the connection and does nothing. */
  | { kind: 'drop' }
  /** Does what was asked, then closes the connection without an answer. In a batch, `abortBatch` leaves the rest undone. */
  | { kind: 'drop-after-commit'; abortBatch?: boolean }
  /** Never answers and does nothing. */
  | { kind: 'hang' }
  /** Does what was asked, then never answers. In a batch, `abortBatch` leaves the rest undone. */
  | { kind: 'hang-after-commit'; abortBatch?: boolean }
  /** Answers later. Combines with other faults. */
  | { kind: 'latency'; ms: number }
  /** An HTML page of a proxy, 502 unless said otherwise; nothing is done. */
  | { kind: 'html'; status?: number }
  /** The right answer, its body spread over `ms`. */
  | { kind: 'slow-body'; ms: number }
  /** The right status, its body cut in the middle. */
  | { kind: 'malformed-json' };

/** A fault to be played. */
export interface FaultRule {
  match?: FaultMatch;
  action: FaultAction;
  /** How often it is played; `"until-cleared"` for always. 1 when left out. */
  times?: number | 'until-cleared';
  /** Lets that many matching requests pass first. 0 when left out. */
  skip?: number;
}

/** A rule in force. */
export interface ActiveFault extends FaultRule {
  id: string;
  played: number;
}

/** What a request is, for matching. */
export interface FaultSubject {
  account: string | null;
  method: string;
  path: string;
  operation: string | null;
  calendarId: string | null;
  eventId: string | null;
  part: number | null;
}

/** The faults drawn for one request. */
export interface DrawnFaults {
  latencyMs: number;
  action: Exclude<FaultAction, { kind: 'latency' }> | null;
}

/** The switchboard of faults. */
export interface Faults {
  /** Puts a rule in force and answers its id. Throws TypeError when it makes no sense. */
  add(rule: FaultRule): string;
  /** Takes one rule back, or all. */
  clear(id?: string): void;
  list(): ActiveFault[];
  /** The faults that befall this request: all latencies, and the oldest other rule that matches. */
  draw(subject: FaultSubject): DrawnFaults;
}

const KINDS = new Set([
  'answer',
  'answer-after-commit',
  'drop',
  'drop-after-commit',
  'hang',
  'hang-after-commit',
  'latency',
  'html',
  'slow-body',
  'malformed-json',
]);
const NOTHING: DrawnFaults = { latencyMs: 0, action: null };

export function createFaults(): Faults {
  let rules: (ActiveFault & { toSkip: number })[] = [];
  let count = 0;
  return {
    add(rule) {
      requireSense(rule);
      count += 1;
      rules.push({ ...rule, id: `fault-${count}`, played: 0, toSkip: rule.skip ?? 0 });
      return `fault-${count}`;
    },
    clear(id) {
      rules = id === undefined ? [] : rules.filter((rule) => rule.id !== id);
    },
    list: () => rules.map(({ toSkip: _toSkip, ...rule }) => rule),
    draw(subject) {
      if (rules.length === 0) return NOTHING;
      const drawn: DrawnFaults = { latencyMs: 0, action: null };
      for (const rule of rules) {
        if (!matches(rule.match ?? {}, subject)) continue;
        if (rule.action.kind !== 'latency' && drawn.action) continue;
        if (rule.toSkip > 0) {
          rule.toSkip -= 1;
          continue;
        }
        rule.played += 1;
        if (rule.action.kind === 'latency') drawn.latencyMs += rule.action.ms;
        else drawn.action = rule.action;
      }
      rules = rules.filter((rule) => rule.times === 'until-cleared' || rule.played < (rule.times ?? 1));
      return drawn;
    },
  };
}

function requireSense(rule: FaultRule): void {
  if (!KINDS.has(rule.action?.kind)) throw new TypeError('a fault needs an action of a known kind');
  const { times, skip } = rule;
  if (times !== undefined && times !== 'until-cleared' && !(Number.isInteger(times) && times > 0)) {
    throw new TypeError('"times" is a whole number above 0 or "until-cleared"');
  }
  if (skip !== undefined && !(Number.isInteger(skip) && skip >= 0)) throw new TypeError('"skip" is a whole number');
}

function matches(match: FaultMatch, subject: FaultSubject): boolean {
  if (match.account !== undefined && match.account !== subject.account) return false;
  if (match.method !== undefined && match.method.toUpperCase() !== subject.method) return false;
  if (match.path !== undefined && !subject.path.includes(match.path)) return false;
  if (match.operation !== undefined && !isOperation(match.operation, subject.operation)) return false;
  if (match.calendarId !== undefined && match.calendarId !== subject.calendarId) return false;
  if (match.eventId !== undefined && match.eventId !== subject.eventId) return false;
  if (match.inBatch !== undefined && match.inBatch !== (subject.part !== null)) return false;
  return match.part === undefined || match.part === subject.part;
}

function isOperation(wanted: string, operation: string | null): boolean {
  if (operation === null) return false;
  return wanted.endsWith('*') ? operation.startsWith(wanted.slice(0, -1)) : operation === wanted;
}
