import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { UnsafeEndpoint } from './endpoint.ts';

/** Why an address that a person gave is not called. */
export type AddressRefusal = 'address_private' | 'address_unencrypted';

/** An address that a person, or a server that they named, has given and that we do not call. */
export class AddressRefused extends UnsafeEndpoint {
  readonly code: AddressRefusal;

  constructor(code: AddressRefusal) {
    super(code === 'address_private' ? 'it lies in a private network' : 'it must be https');
    this.name = 'AddressRefused';
    this.code = code;
  }
}

/** Keeps calls to addresses that strangers chose away from networks that are not theirs to reach. */
export interface AddressGuard {
  /** What can be said before a name is resolved. @throws {AddressRefused} */
  check(url: URL): void;
  /**
   * Resolves a name for a socket and hands on nothing but addresses that may be called, so that the address that was looked
   * at is the one that is connected to. Fails with `ADDRESS_REFUSED` when one of them may not: such a name is a trap.
   */
  lookupFor(protocol: string): LookupFunction;
}

/** `code` of the error that a refused name resolution gives. */
export const ADDRESS_REFUSED = 'ERR_ADDRESS_REFUSED';

/** Finds all addresses of a name. */
export type ResolveName = (
  hostname: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

/**
 * Public https only; with `allowPrivate` (the operator's word) private networks too, and there without encryption as well.
 * Credentials never go unencrypted to a public address.
 */
export function createAddressGuard(options: { allowPrivate: boolean; resolve?: ResolveName }): AddressGuard {
  const { allowPrivate } = options;
  const resolve: ResolveName =
    options.resolve ?? ((hostname, done) => systemLookup(hostname, { all: true, verbatim: true }, done));

  function refusalOf(protocol: string, address: string): AddressRefusal | null {
    const open = isPublic(address);
    if (!open && !allowPrivate) return 'address_private';
    return open && protocol !== 'https:' ? 'address_unencrypted' : null;
  }

  return {
    check(url) {
      if (url.username || url.password) throw new UnsafeEndpoint('it carries credentials');
      if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowPrivate)) {
        throw new AddressRefused('address_unencrypted');
      }
      const literal = url.hostname.replace(/^\[|\]$/g, '');
      const refusal = isIP(literal) === 0 ? null : refusalOf(url.protocol, literal);
      if (refusal !== null) throw new AddressRefused(refusal);
    },
    lookupFor:
      (protocol) =>
      (hostname, { all, family }, answer) => {
        resolve(hostname, (error, found) => {
          if (error) return answer(error, '');
          const refused = found.some(({ address }) => refusalOf(protocol, address) !== null);
          if (refused) return answer(Object.assign(new Error('refused address'), { code: ADDRESS_REFUSED }), '');
          const usable = found.filter((one) => (family !== 4 && family !== 6) || one.family === family);
          const [first] = usable;
          if (!first) return answer(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
          if (all)
            answer(
              null,
              usable.map((one) => ({ ...one })),
            );
          else answer(null, first.address, first.family);
        });
      },
  };
}

/** Not reachable from the internet, or not by everybody: https://www.iana.org/assignments/iana-ipv4-special-registry */
const SPECIAL_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Within the global unicast range: protocol assignments and Teredo, documentation, 6to4 (which carries any IPv4 address). */
const SPECIAL_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [net, bits] of SPECIAL_V4) special.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of SPECIAL_V6) special.addSubnet(net, bits, 'ipv6');
const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address is one of the public internet. Of IPv6 only global unicast (RFC 4291 §2.4) is. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4');
  return unicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
}
