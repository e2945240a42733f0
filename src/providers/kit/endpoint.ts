/** An address that we refuse to call: not https, and not on this machine. */
export class UnsafeEndpoint extends Error {
  constructor(reason: string) {
    super(`refused address: ${reason}`);
    this.name = 'UnsafeEndpoint';
  }
}

/**
 * Parses the address of a service. https anywhere; http on loopback only (simulators, tests).
 * @throws {UnsafeEndpoint} naming the fault, never the address: it may carry credentials.
 */
export function checkedEndpoint(address: string | URL): URL {
  const url = typeof address === 'string' ? URL.parse(address) : address;
  if (!url) throw new UnsafeEndpoint('it is not an absolute URL');
  if (url.username || url.password) throw new UnsafeEndpoint('it carries credentials');
  if (url.protocol === 'https:') return url;
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return url;
  throw new UnsafeEndpoint('it must be https (http is allowed on loopback only)');
}

/** Whether a URL's host name means this machine (RFC 6761 §6.3 for `localhost`, RFC 1122 §3.2.1.3 for 127/8). */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
