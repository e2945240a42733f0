/*
 * Servers write the same address in several ways (`@` and `%40`), so addresses are compared and kept in one: every segment
 * decoded and encoded again.
 */

/** The address that an answer gave, resolved against the one that was asked. `null`: it is none. */
export function resolveHref(href: string, base: URL): URL | null {
  const url = URL.parse(href.trim(), base.href);
  if (!url) return null;
  url.pathname = canonicalPath(url.pathname);
  url.hash = '';
  return url;
}

/** A path as we keep it. */
export function canonicalPath(path: string): string {
  return path.split('/').map(canonicalSegment).join('/');
}

function canonicalSegment(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    return segment;
  }
}

/** A collection's address; without the slash at its end some servers redirect. */
export function asCollection(url: URL): URL {
  const collection = new URL(url);
  if (!collection.pathname.endsWith('/')) collection.pathname += '/';
  return collection;
}

/** A path on a server; never read as an address of its own, though it may begin with two slashes. */
export function onServer(path: string, base: URL): URL {
  const url = new URL('/', base);
  url.pathname = path;
  return url;
}

/** The calendar that `idOf` named. */
export function calendarOf(id: string, home: URL): URL {
  return id.startsWith('/') ? onServer(id, home) : new URL(id);
}

/** Names a collection within an account: by its path where the account lives, for hosts may move; otherwise in full. */
export function idOf(collection: URL, home: URL): string {
  return collection.origin === home.origin ? collection.pathname : collection.href;
}
