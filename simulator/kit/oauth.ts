import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Unguessable text for tokens and codes. */
export function secretText(prefix: string, bytes = 32): string {
  return prefix + randomBytes(bytes).toString('base64url');
}

/** Client id and secret of a Basic header (RFC 6749 section 2.3.1), or null. */
export function basicCredentials(authorization: string | undefined): { id: string; secret: string } | null {
  const match = /^Basic (\S+)$/i.exec(authorization ?? '');
  if (!match?.[1]) return null;
  const [id = '', secret = ''] = Buffer.from(match[1], 'base64').toString().split(':');
  // Both halves are form-encoded before they are joined.
  const decode = (text: string): string => new URLSearchParams(`v=${text}`).get('v') ?? '';
  return { id: decode(id), secret: decode(secret) };
}

/** True when the PKCE verifier belongs to the S256 challenge (RFC 7636). */
export function isVerifierOf(verifier: string, challenge: string): boolean {
  const fits = /^[A-Za-z0-9\-._~]{43,128}$/.test(verifier);
  return fits && createHash('sha256').update(verifier).digest('base64url') === challenge;
}

/** Compares secrets in constant time. */
export function sameText(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
