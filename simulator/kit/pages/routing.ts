import type { Answer } from '../delivery.ts';

/** The one path segment between two texts, decoded, or null. */
export function segmentBetween(path: string, before: string, after: string): string | null {
  if (!path.startsWith(before) || !path.endsWith(after)) return null;
  const segment = path.slice(before.length, path.length - after.length);
  if (segment === '' || segment.includes('/')) return null;
  try {
    return decodeURIComponent(segment);
  } catch {
    return null; // URIError: a lone percent sign names nobody
  }
}

/** A file that pages load. */
export function asset(type: string, body: string): Answer {
  return { status: 200, headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' }, body };
}
