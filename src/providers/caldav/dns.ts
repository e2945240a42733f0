import { Resolver } from 'node:dns/promises';
import { SECOND } from '../../base/time.ts';

/** Where a domain says that its calendars are (RFC 6764 §6). */
export interface ServiceAddress {
  host: string;
  port: number;
  /** From the TXT record; `null`: the well-known path. */
  path: string | null;
}

/** Asks a domain for its calendar service. Nothing, when it does not say. */
export type FindService = (domain: string) => Promise<ServiceAddress[]>;

/** Asked while a person waits, and most domains have no such record. */
const DNS_TIMEOUT_MS = 2 * SECOND;

/** Addresses of one service that are tried. */
const MOST_ADDRESSES = 2;

/** By `_caldavs._tcp`, the encrypted service only, from the system's name servers. */
export function createFindService(resolver: Pick<Resolver, 'resolveSrv' | 'resolveTxt'> = patient()): FindService {
  return async (domain) => {
    const name = `_caldavs._tcp.${domain}`;
    const [records, texts] = await Promise.all([
      resolver.resolveSrv(name).catch(() => []),
      resolver.resolveTxt(name).catch(() => []),
    ]);
    const path = pathIn(texts);
    return records
      .filter((record) => record.name !== '' && record.name !== '.')
      .toSorted((a, b) => a.priority - b.priority || b.weight - a.weight)
      .slice(0, MOST_ADDRESSES)
      .map((record) => ({ host: record.name.replace(/\.$/, ''), port: record.port, path }));
  };
}

function patient(): Resolver {
  return new Resolver({ timeout: DNS_TIMEOUT_MS, tries: 1 });
}

function pathIn(texts: readonly string[][]): string | null {
  const paths = texts.map((parts) => parts.join('')).filter((text) => text.startsWith('path=/'));
  return paths[0]?.slice('path='.length) ?? null;
}
