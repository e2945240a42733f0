import { expect, test } from 'vitest';
import { signInAttempt } from './sign-in-limits.ts';

const addressOf = (address: string): string | undefined => signInAttempt('a@example.com', address)[1]?.counted;

test.each([
  ['203.0.113.7', 'address:203.0.113.7'],
  ['::ffff:203.0.113.7', 'address:203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', 'address:2001:db8:1:2'],
  ['2001:db8:1:2::9', 'address:2001:db8:1:2'],
  ['2001:db8::9', 'address:2001:db8:0:0'],
  ['::1', 'address:0:0:0:0'],
  ['fe80::1%eth0', 'address:fe80:0:0:0'],
])('%s counts as %s', (address, counted) => expect(addressOf(address)).toBe(counted));

test('the account is counted without regard to case, and its address is not written down', () => {
  const [account] = signInAttempt('Jane@Example.com', '::1');
  expect(account).toEqual(signInAttempt('jane@example.com', '::1')[0]);
  expect(account?.counted).not.toContain('jane');
});
