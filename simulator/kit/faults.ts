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

/** Answers later; combines with other faults. */
export interface Latency {
  kind: 'latency';
  ms: number;
}

/** What befalls a request besides time; `Refusal` words an error of the simulated service. */
export type Interruption<Refusal> =
  /** Answers an error and does nothing. */
  | ({ kind: 'answer' } & Refusal)
  /** Does what was asked, then answers an error. */
  | ({ kind: 'answer-after-commit' } & Refusal)
  /** Closes the connection and does nothing. */
  | { kind: 'drop' }
  /** Does what was asked, then closes the connection without an answer. In a batch, `abortBatch` leaves the rest undone. */
  | { kind: 'drop-after-commit'; abortBatch?: boolean }
  /** Never answers and does nothing. */
  | { kind: 'hang' }
  /** Does what was asked, then never answers. In a batch, `abortBatch` leaves the rest undone. */
  | { kind: 'hang-after-commit'; abortBatch?: boolean }
  /** An HTML page of a proxy, 502 unless said otherwise; nothing is done. */
  | { kind: 'html'; status?: number }
  /** The right answer, its body spread over `ms`. */
  | { kind: 'slow-body'; ms: number }
  /** The right status, its body cut in the middle. */
  | { kind: 'malformed-json' };

/** What happens to a matching request. */
export type FaultAction<Refusal> = Interruption<Refusal> | Latency;

/** A fault to be played. */
export interface FaultRule<Refusal> {
  match?: FaultMatch;
  action: FaultAction<Refusal>;
  /** How often it is played; `"until-cleared"` for always. 1 when left out. */
  times?: number | 'until-cleared';
  /** Lets that many matching requests pass first. 0 when left out. */
  skip?: number;
}

/** A rule in force. */
export interface ActiveFault<Refusal> extends FaultRule<Refusal> {
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
export interface DrawnFaults<Refusal> {
  latencyMs: number;
  action: Interruption<Refusal> | null;
}

/** The switchboard of faults. */
export interface Faults<Refusal> {
  /** Puts a rule in force and answers its id. Throws TypeError when it makes no sense. */
  add(rule: FaultRule<Refusal>): string;
  /** Takes one rule back, or all. */
  clear(id?: string): void;
  list(): ActiveFault<Refusal>[];
  /** The faults that befall this request: all latencies, and the oldest other rule that matches. */
  draw(subject: FaultSubject): DrawnFaults<Refusal>;
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

/** No fault at all. */
export const NO_FAULTS: DrawnFaults<never> = { latencyMs: 0, action: null };

export function createFaults<Refusal>(): Faults<Refusal> {
  let rules: (ActiveFault<Refusal> & { toSkip: number })[] = [];
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
      if (rules.length === 0) return NO_FAULTS;
      const drawn: DrawnFaults<Refusal> = { latencyMs: 0, action: null };
      for (const rule of rules) {
        if (!matches(rule.match ?? {}, subject)) continue;
        if (rule.action.kind !== 'latency' && drawn.action) continue;
        if (rule.toSkip > 0) {
          rule.toSkip -= 1;
          continue;
        }
        rule.played += 1;
        if (isLatency(rule.action)) drawn.latencyMs += rule.action.ms;
        else drawn.action = rule.action;
      }
      rules = rules.filter((rule) => rule.times === 'until-cleared' || rule.played < (rule.times ?? 1));
      return drawn;
    },
  };
}

/** True when the fault keeps the request from being carried out. */
export function isInstead(drawn: DrawnFaults<unknown>): boolean {
  return ['answer', 'html', 'drop', 'hang'].includes(drawn.action?.kind ?? '');
}

/** True when the answer reaches the caller whole. */
export function isHeard(drawn: DrawnFaults<unknown>): boolean {
  return !UNHEARD.has(drawn.action?.kind ?? '');
}

const UNHEARD = new Set(['drop', 'drop-after-commit', 'hang', 'hang-after-commit', 'malformed-json']);

function isLatency<Refusal>(action: FaultAction<Refusal>): action is Latency {
  return action.kind === 'latency';
}

function requireSense(rule: FaultRule<unknown>): void {
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
