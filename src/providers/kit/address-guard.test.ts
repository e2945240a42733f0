import { expect, test } from 'vitest';
import { ADDRESS_REFUSED, AddressRefused, createAddressGuard, isPublic, type AddressGuard } from './address-guard.ts';

const strict = createAddressGuard({ allowPrivate: false });
const lax = createAddressGuard({ allowPrivate: true });

test.each(['1.1.1.1', '17.253.144.10', '172.32.0.1', '192.167.255.255', '2606:4700::1111', '2a01:4f8::1'])(
  '%s is public',
  (address) => expect(isPublic(address)).toBe(true),
);

test.each([
  ...[
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
  ],
  ...['192.0.0.8', '192.0.2.1', '192.168.1.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255'],
  ...[
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
  ],
  ...['2001:db8::1', '2002:7f00:1::', '2001::1', 'not an address', ''],
])('%s is not', (address) => expect(isPublic(address)).toBe(false));

test.each([
  ['http://caldav.example.com/', 'address_unencrypted'],
  ['ftp://caldav.example.com/', 'address_unencrypted'],
  ['file:///etc/passwd', 'address_unencrypted'],
  ['https://127.0.0.1/', 'address_private'],
  ['https://2130706433/', 'address_private'],
  ['https://0x7f.1/', 'address_private'],
  ['https://[::1]:8443/', 'address_private'],
  ['https://[::ffff:10.0.0.1]/', 'address_private'],
  ['https://169.254.169.254/latest/meta-data/', 'address_private'],
])('refuses %s', (address, code) => {
  expect(() => strict.check(new URL(address))).toThrow(expect.objectContaining({ name: 'AddressRefused', code }));
});

test('refuses credentials in an address', () => {
  expect(() => lax.check(new URL('https://jane:secret@caldav.example.com/'))).toThrow(/credentials/);
});

test('takes public https, and private networks when the operator allows them', () => {
  for (const address of ['https://caldav.example.com/dav/', 'https://8.8.8.8/']) strict.check(new URL(address));
  for (const address of ['http://127.0.0.1:5232/', 'http://radicale.internal/', 'https://10.0.0.1/']) {
    lax.check(new URL(address));
  }
  expect(() => lax.check(new URL('http://8.8.8.8/'))).toThrow(AddressRefused);
});

test('hands on the addresses that it looked at', async () => {
  const guard = naming('93.184.216.34', '2606:2800::1');
  expect(await lookup(guard, { all: true })).toEqual([
    { address: '93.184.216.34', family: 4 },
    { address: '2606:2800::1', family: 6 },
  ]);
  expect(await lookup(guard, {})).toBe('93.184.216.34');
  expect(await lookup(guard, { family: 6 })).toBe('2606:2800::1');
});

test('a name with one private address is refused as a whole', async () => {
  for (const address of ['127.0.0.1', '10.0.0.8', '::1', '169.254.169.254']) {
    await expect(lookup(naming('93.184.216.34', address), { all: true })).rejects.toMatchObject({
      code: ADDRESS_REFUSED,
    });
  }
});

test('without encryption only private addresses are called', async () => {
  const guard = naming('93.184.216.34');
  const open = createAddressGuard({
    allowPrivate: true,
    resolve: (_, done) => done(null, [{ address: '93.184.216.34', family: 4 }]),
  });
  expect(await lookup(guard, {}, 'https:')).toBe('93.184.216.34');
  await expect(lookup(open, {}, 'http:')).rejects.toMatchObject({ code: ADDRESS_REFUSED });
});

test('a name without an address is not known', async () => {
  await expect(lookup(naming(), { all: true })).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

function naming(...addresses: string[]): AddressGuard {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return createAddressGuard({ allowPrivate: false, resolve: (_, done) => done(null, found) });
}

function lookup(guard: AddressGuard, options: { all?: true; family?: 4 | 6 }, protocol = 'https:'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    guard.lookupFor(protocol)('caldav.example.com', options, (error, address) =>
      error ? reject(error) : resolve(address),
    );
  });
}
