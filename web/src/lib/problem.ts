import { sortFieldErrors, type FieldError } from './field-errors.ts';
import { skippedTimeWords, TIME_SKIPPED } from './skipped-time.ts';
import { ofServer, t } from './t.ts';

/** What the API says when it refuses (RFC 9457), or what we say when it could not be reached. */
export class Problem extends Error {
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  /** Stable name of the fault, such as `version_conflict`. Decide on this, never on the text. */
  readonly code: string;
  readonly fields: readonly FieldError[];
  readonly retryAfterSeconds: number | null;
  readonly requestId: string | null;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { fields?: readonly FieldError[]; retryAfterSeconds?: number | null; requestId?: string | null } = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.fields = more.fields ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
    this.requestId = more.requestId ?? null;
  }
}

/** Reads an answer that was not a success. Never throws: a proxy's HTML page becomes a plain sentence, too. */
export async function problemFrom(response: Response): Promise<Problem> {
  const body = asRecord(await response.json().catch(() => null));
  const code = asText(body['code']) ?? `http_${response.status}`;
  const message = asText(body['detail']) ?? asText(body['title']) ?? sentenceFor(response.status);
  const retryAfter = Number(response.headers.get('retry-after'));
  return new Problem(response.status, code, message, {
    fields: readFields(body['errors']),
    retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
    requestId: asText(body['request_id']),
  });
}

/** No answer: the network, the server or a time limit. */
export function unreachable(cause: unknown): Problem {
  return new Problem(0, 'unreachable', t('common.problem.unreachable'), {}, { cause });
}

/** Nothing was sent, as there was no connection to send it over. */
export function offline(cause: unknown): Problem {
  return new Problem(0, 'offline', t('common.problem.offline'), {}, { cause });
}

/**
 * A part of the app that is fetched when it is needed. @throws {Problem} `part_missing` when it can't be: the network, or a
 * newer app that no longer has it. Only loading the page again helps, because a failed import is not tried twice.
 */
export async function wholePart<T>(part: Promise<T>): Promise<T> {
  try {
    return await part;
  } catch (cause) {
    throw new Problem(0, 'part_missing', t('common.problem.unreachable'), {}, { cause });
  }
}

/** A sentence for people for anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Problem ? ofServer('problem', error) : t('common.problem.ours');
}

/** What is wrong with the inputs of a form, for its `setErrors`; `inputs` as for `sortFieldErrors`. */
export function inputFaults<Name extends string>(
  error: unknown,
  inputs: Readonly<Record<Name, readonly string[]>>,
): Partial<Record<Name, string>> {
  return error instanceof Problem ? sortFieldErrors(error.fields, inputs).byInput : {};
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Problem && error.code === code;
}

function sentenceFor(status: number): string {
  if (status === 404) return t('common.problem.notFound');
  if (status === 429) return t('common.problem.tooOften');
  if (status >= 500) return t('common.problem.atServer');
  return t('common.problem.other');
}

/** `errors` comes as a list of `{ field, message, code, params }`; entries of another shape are left out. */
function readFields(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const told = asRecord(entry);
    const field = asText(told['field']);
    const message = asText(told['message']);
    if (field === null || message === null) return [];
    return [{ field, message: faultWords(asText(told['code']) ?? '', message, asRecord(told['params'])) }];
  });
}

/** A fault of a field alone has words of its own; otherwise the refusal says what is wrong with it. */
function faultWords(code: string, message: string, params: Record<string, unknown>): string {
  const skipped = code === TIME_SKIPPED ? skippedTimeWords(params) : null;
  if (skipped !== null) return skipped;
  const texts = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
  return ofServer('fault', { code, message: ofServer('problem', { code, message }), params: texts });
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
