import type { JsonObject } from '../kit/json.ts';
import type { AuthorizedCall } from './graph-call.ts';
import type { World } from './world.ts';

// How often a page is cut short, and how often it comes empty, when that is switched on.
const SHORT_PAGES = 0.4;
const EMPTY_PAGES = 0.25;

/** One page of a list, and where the next one begins; null at the end. */
export function pageOf<T>(
  world: World,
  all: readonly T[],
  { top, skip }: { top: number; skip: number },
): { items: T[]; next: number | null } {
  const size = pageSize(world, top);
  const items = all.slice(skip, skip + size);
  const next = skip + size;
  return { items, next: next < all.length ? next : null };
}

/** The size of this page: what was asked for, or less when short pages are switched on. */
export function pageSize(world: World, wished: number): number {
  if (!world.settings.shortPages) return wished;
  const chance = world.random.next();
  if (chance < EMPTY_PAGES) return 0;
  return chance < EMPTY_PAGES + SHORT_PAGES ? Math.max(1, Math.floor(wished / 2)) : wished;
}

/** A list as Graph gives it, with the link to the next page. */
export function collection(world: World, call: AuthorizedCall, value: JsonObject[], next: number | null): JsonObject {
  const context = `${world.url}/v1.0/$metadata#users('${encodeURIComponent(call.account.email)}')/${call.path.split('/').at(-1) ?? ''}`;
  if (next === null) return { '@odata.context': context, value };
  const query = new URLSearchParams(call.query);
  query.set('$skip', String(next));
  // An empty page must not make the next one empty for ever, so the link always leads on.
  const link = `${world.url}${call.path}?${query.toString().replaceAll('+', '%20')}`;
  return { '@odata.context': context, '@odata.nextLink': link, value };
}
