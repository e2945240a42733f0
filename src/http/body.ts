import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { malformedField } from '../domain/errors.ts';
import { malformed } from './problem.ts';
import type { App } from './route.ts';

/** 256 kB: the largest honest body, an order with 50 items and long notes, has a tenth of it. */
export const BODY_LIMIT_BYTES = 256 * 1024;

/** Nothing in the contract is deeper than 4. */
const DEEPEST = 32;

/** Accepts JSON and nothing else. An empty body counts as none: some clients name a content type on every request. */
export function acceptJson(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) =>
    body.length === 0 ? undefined : parseJson(body),
  );
}

function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw malformed('malformed_json', 'The body is not UTF-8. Send JSON in UTF-8.');
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // The parser's own text repeats part of the body.
    throw malformed('malformed_json', 'The body is no valid JSON. Check quotes, commas and braces.');
  }
}

/** Refuses what no text of ours can hold, wherever it lies in the request; a `preValidation` hook. */
export async function refuseUnusableInput(request: FastifyRequest): Promise<void> {
  checkTexts(request.params, 'address', 0);
  checkTexts(request.query, 'query', 0);
  checkTexts(request.body, 'body', 0);
}

/** PostgreSQL takes neither NUL characters nor halves of surrogate pairs; deep nesting only serves to exhaust the stack. */
function checkTexts(value: unknown, field: string, depth: number): void {
  if (typeof value === 'string') return checkText(value, field);
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEEPEST)
    throw malformed('malformed_json', 'The JSON is nested too deeply. Nothing here needs more than 4 levels.');
  for (const [name, part] of Object.entries(value)) {
    checkText(name, field);
    checkTexts(part, depth === 0 ? name : field, depth + 1);
  }
}

function checkText(text: string, field: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return;
  throw malformedField(
    'unusable_text',
    field,
    'Leave out NUL characters and unpaired surrogates; no text can hold them.',
  );
}
