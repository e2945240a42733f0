import type { FastifyReply, FastifyRequest } from 'fastify';
import { invalidField } from '../domain/errors.ts';

/** `"3"`, also bare or marked weak: all of them can only mean version 3. */
const ETAG = /^(?:W\/)?"?(\d{1,10})"?$/;

/**
 * The version that the caller saw, from `version` in the body or the `If-Match` header; `null` when they don't mind.
 * @throws {BusinessError} 422 when the header names no version, or the two differ.
 */
export function expectedVersion(request: FastifyRequest): number | null {
  const inBody = versionInBody(request.body);
  const header = request.headers['if-match'];
  if (header === undefined || header.trim() === '*') return inBody;
  const [, digits] = ETAG.exec(header.trim()) ?? [];
  if (digits === undefined)
    throw invalidField('invalid_request', 'If-Match', 'Give the ETag of what you read, such as "3".');
  const inHeader = Number(digits);
  if (inBody === null || inBody === inHeader) return inHeader;
  throw invalidField('invalid_request', 'If-Match', 'If-Match and version name different versions. Send one of them.');
}

/** Names the version of what is answered, for a later `If-Match`. */
export function tellVersion(reply: FastifyReply, version: number): void {
  reply.header('etag', `"${version}"`);
}

function versionInBody(body: unknown): number | null {
  if (typeof body !== 'object' || body === null || !('version' in body)) return null;
  return typeof body.version === 'number' ? body.version : null;
}
