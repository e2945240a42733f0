import { randomBytes } from 'node:crypto';

/** Fresh secrets of one consent. */
export function consentSecrets(): { state: string; nonce: string; codeVerifier: string } {
  const secret = (): string => randomBytes(32).toString('base64url');
  return { state: secret(), nonce: secret(), codeVerifier: secret() };
}
