import { LoginRefused } from '../../sync/login.ts';
import type { FindService } from './dns.ts';

/** Services that people know by the domain of their e-mail address, and that need no search. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ...['icloud.com', 'me.com', 'mac.com', 'www.icloud.com', 'apple.com'].map(
    (name) => [name, 'caldav.icloud.com'] as const,
  ),
  ...['fastmail.com', 'fastmail.fm', 'www.fastmail.com', 'app.fastmail.com'].map(
    (name) => [name, 'caldav.fastmail.com'] as const,
  ),
]);

const WELL_KNOWN = '/.well-known/caldav';

/** Where servers keep it whose well-known path leads nowhere: Nextcloud and ownCloud, Baïkal, SOGo, others. */
const USUAL_PATHS = ['/remote.php/dav/', '/dav.php/', '/SOGo/dav/', '/dav/', '/caldav/'];

/**
 * The addresses at which the server of a login may be found, the likeliest first: what the person gave, what the domain
 * says (RFC 6764), the well-known path, and where servers are as a rule.
 * @throws {LoginRefused} when there is no address in it
 */
export async function candidatesFor(server: string, findService: FindService): Promise<URL[]> {
  const given = readServer(server);
  const known = KNOWN.get(given.hostname);
  if (known !== undefined) return [new URL(`https://${known}/`)];
  if (given.pathname !== '/') return [given, new URL(WELL_KNOWN, given)];
  const services = given.port === '' && given.protocol === 'https:' ? await findService(given.hostname) : [];
  const announced = services.flatMap(({ host, port, path }) => {
    const url = URL.parse(path ?? WELL_KNOWN, `https://${host}:${port}`);
    return url ? [url] : [];
  });
  return [...announced, ...[WELL_KNOWN, '/', ...USUAL_PATHS].map((path) => new URL(path, given))];
}

/** Without `https://` and with an e-mail address in front it is understood as well. */
function readServer(server: string): URL {
  const text = server.trim();
  const [, domain] = /^[^\s/@]+@([^\s/@]+)$/.exec(text) ?? [];
  const address = domain ?? text;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`);
  if (!url || url.hostname === '') throw new LoginRefused('server_not_found');
  url.hash = '';
  url.search = '';
  return url;
}
