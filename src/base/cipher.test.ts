import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCipher, CipherError, type CipherKey } from './cipher.ts';

const key = (id: string): CipherKey => ({ id, bytes: randomBytes(32) });
const PLACE = 'connection:7:refresh_token';

describe('createCipher', () => {
  test('opens what it sealed, whatever the text', () => {
    const cipher = createCipher([key('a')]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => {
        expect(cipher.open(cipher.seal(text, place), place)).toBe(text);
      }),
    );
  });

  test('never gives the same ciphertext twice, and shows the id of its key', () => {
    const cipher = createCipher([key('k-1')]);
    const [one, two] = [cipher.seal('token', PLACE), cipher.seal('token', PLACE)];
    expect(one).not.toBe(two);
    expect(one).toMatch(/^k-1\./);
    expect(one).not.toContain('token');
  });

  test('refuses a ciphertext that was moved to another row or field', () => {
    const cipher = createCipher([key('a')]);
    const sealed = cipher.seal('token', PLACE);
    expect(() => cipher.open(sealed, 'connection:8:refresh_token')).toThrow(CipherError);
    expect(() => cipher.open(sealed, 'connection:7:access_token')).toThrow(CipherError);
  });

  test('refuses every single changed character, and every cut', () => {
    const cipher = createCipher([key('a')]);
    const sealed = cipher.seal('token', PLACE);
    const bytes = Buffer.from(sealed.slice(2), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => cipher.open(`a.${changed.toString('base64url')}`, PLACE)).toThrow(CipherError);
      expect(() => cipher.open(`a.${bytes.subarray(0, at).toString('base64url')}`, PLACE)).toThrow(CipherError);
    }
    expect(() => cipher.open('', PLACE)).toThrow(CipherError);
    expect(() => cipher.open('token', PLACE)).toThrow(CipherError);
  });

  test('opens with every key, seals with the first, and re-encrypts old ciphertexts', () => {
    const [older, newer] = [key('older'), key('newer')];
    const sealed = createCipher([older]).seal('token', PLACE);
    const both = createCipher([newer, older]);
    expect(both.isCurrent(sealed)).toBe(false);
    const resealed = both.reencrypt(sealed, PLACE);
    expect(both.isCurrent(resealed)).toBe(true);
    expect(createCipher([newer]).open(resealed, PLACE)).toBe('token');
  });

  test('says so when the key is gone', () => {
    const sealed = createCipher([key('a')]).seal('token', PLACE);
    expect(() => createCipher([key('b')]).open(sealed, PLACE)).toThrow(
      expect.objectContaining({ code: 'cipher.unknown_key' }),
    );
  });

  test('refuses unusable keys', () => {
    expect(() => createCipher([])).toThrow('needs a key');
    expect(() => createCipher([{ id: 'a', bytes: randomBytes(16) }])).toThrow('32 bytes');
    expect(() => createCipher([key('a'), key('a')])).toThrow('different ids');
  });
});
