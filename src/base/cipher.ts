import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';

/** One of the operator's keys. */
export interface CipherKey {
  /** Written in front of every ciphertext: letters, digits, `_` and `-`. */
  id: string;
  /** 32 bytes. */
  bytes: Uint8Array;
}

/**
 * Seals short texts (tokens, verifiers) for storage. `place` names where the text lies, such as
 * `connection:7:refresh_token`: a ciphertext that was copied to another place can't be opened there.
 */
export interface Cipher {
  /** Encrypts with the first key. Sealing the same text twice gives different results. */
  seal(text: string, place: string): string;
  /** @throws {CipherError} when its key is missing, or when it was changed, cut or moved. */
  open(sealed: string, place: string): string;
  /** Seals anew with the first key. */
  reencrypt(sealed: string, place: string): string;
  /** Whether it was sealed with the first key, so that `reencrypt` has nothing to do. */
  isCurrent(sealed: string): boolean;
}

/** A sealed text can't be opened; neither the text nor the key is named. */
export class CipherError extends Error {
  readonly code: 'cipher.unknown_key' | 'cipher.not_authentic';

  constructor(code: CipherError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CipherError';
    this.code = code;
  }
}

const ALGORITHM = 'aes-256-gcm';
/** 96 bits, the length that GCM is made for (NIST SP 800-38D §5.2.1.1); random, so keys are good for 2^32 texts (§8.3). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** Form of a sealed text: `<key id>.<base64url of nonce, ciphertext, tag>`. */
const SEALED = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

/**
 * AES-256-GCM with several keys: the first encrypts, all of them open.
 * @throws Error when there is no key, one has not 32 bytes, or two have the same id.
 */
export function createCipher(keys: readonly CipherKey[]): Cipher {
  const [current] = keys;
  if (current === undefined) throw new Error('A cipher needs a key');
  if (keys.some((key) => key.bytes.length !== KEY_BYTES)) throw new Error(`Cipher keys have ${KEY_BYTES} bytes`);
  // Made once: given as bytes, Node takes five times as long for a token.
  const byId = new Map(keys.map((key) => [key.id, createSecretKey(key.bytes)]));
  if (byId.size !== keys.length) throw new Error('Cipher keys need different ids');

  const seal = (text: string, place: string): string => `${current.id}.${encrypt(byId, current.id, text, place)}`;
  const open = (sealed: string, place: string): string => decrypt(byId, sealed, place);
  return {
    seal,
    open,
    reencrypt: (sealed, place) => seal(open(sealed, place), place),
    isCurrent: (sealed) => sealed.startsWith(`${current.id}.`),
  };
}

function encrypt(keys: ReadonlyMap<string, KeyObject>, id: string, text: string, place: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyOf(keys, id), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated(id, place));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

function decrypt(keys: ReadonlyMap<string, KeyObject>, sealed: string, place: string): string {
  const [, id = '', body = ''] = SEALED.exec(sealed) ?? [];
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw notAuthentic();
  const decipher = createDecipheriv(ALGORITHM, keyOf(keys, id), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associated(id, place));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw notAuthentic({ cause: error });
  }
}

function keyOf(keys: ReadonlyMap<string, KeyObject>, id: string): KeyObject {
  const key = keys.get(id);
  if (key === undefined) throw new CipherError('cipher.unknown_key', 'The key that sealed this is not among the keys');
  return key;
}

/** What the tag vouches for beside the text. The key id can't hold the separator. */
function associated(keyId: string, place: string): Buffer {
  return Buffer.from(`${keyId}.${place}`);
}

function notAuthentic(options?: ErrorOptions): CipherError {
  return new CipherError('cipher.not_authentic', 'This was changed, cut or sealed for another place', options);
}
