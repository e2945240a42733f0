import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { CryptoKey, JWK } from 'jose';

/** The key behind the id tokens of this process. */
export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

const made = new Map<string, Promise<SigningKey>>();

/** One RSA key a process and name: making one takes long, and nothing is gained by several. */
export function signingKey(name = ''): Promise<SigningKey> {
  let key = made.get(name);
  if (!key) made.set(name, (key = makeKey()));
  return key;
}

async function makeKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { kid, privateKey, publicJwk: { ...jwk, kid, alg: 'RS256', use: 'sig' } };
}
