import type { FastifyReply, FastifyRequest } from 'fastify';
import { malformedField } from '../domain/errors.ts';

/** Our entity tags are versions: `"3"`; a weak or bare one is taken too. */
const VERSION_TAG = /^(?:W\/)?"?(\d{1,10})"?$/;

/**
 * The version that the caller has read: `version` of the body or `If-Match` (RFC 9110 §13.1.1), `null` for neither and
 * for `If-Match: *`. @throws BusinessError 422 when the header names no version of ours, or another than the body
 */
export function expectedVersion(request: FastifyRequest, inBody: number | undefined): number | null {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return inBody ?? null;
  const version = Number(VERSION_TAG.exec(header)?.[1] ?? Number.NaN);
  if (Number.isNaN(version)) {
    throw malformedField('not_a_version', 'If-Match', 'Give the version that you have read, such as If-Match: "3".');
  }
  if (inBody !== undefined && inBody !== version) {
    throw malformedField('versions_differ', 'If-Match', 'If-Match and version in the body differ. Give one of them.');
  }
  return version;
}

/** Names the version of what is answered, for a later `If-Match`. */
export function tellVersion(reply: FastifyReply, version: number): void {
  reply.header('etag', `"${version}"`);
}
