import { expect, test } from 'vitest';
import { createPasswords } from './passwords.ts';

const CHEAP = { memoryCost: 64, passes: 1, atOnce: 2, waiting: 3 };

test('hashes are Argon2id at the usual cost, and never the same', async () => {
  const passwords = createPasswords();
  const [one, two] = await Promise.all([passwords.hash('a long password'), passwords.hash('a long password')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await passwords.matches(one, 'a long password')).toBe(true);
  expect(await passwords.matches(one, 'another password')).toBe(false);
  expect(await passwords.matches(null, 'nobody has this password')).toBe(false);
});

test('so many run at once, so many wait, the others are told to come back', async () => {
  const passwords = createPasswords(CHEAP);
  const gate = Promise.withResolvers<void>();
  let running = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await gate.promise;
    running -= 1;
  };
  const all = Array.from({ length: 6 }, () => passwords.inTurn(work));
  const settled = Promise.allSettled(all);
  await expect(all[5]).rejects.toMatchObject({ kind: 'unavailable', code: 'busy', retryAfterSeconds: 5 });
  gate.resolve();
  expect((await settled).map((result) => result.status)).toEqual([...Array(5).fill('fulfilled'), 'rejected']);
  expect(most).toBe(2);
});

test('one that fails gives its turn back', async () => {
  const passwords = createPasswords({ ...CHEAP, atOnce: 1 });
  await expect(passwords.inTurn(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await passwords.inTurn(async () => 'next')).toBe('next');
});
