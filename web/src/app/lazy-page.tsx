import { lazyRouteComponent, type AsyncRouteComponent } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { wholePart } from '../lib/problem.ts';
import { useLanguage } from '../lib/t.ts';

type Page = () => ReactElement | null;

/**
 * A page that is fetched when it is needed. The router shows a page again only when the page itself asks for it; here it
 * does so when the language changes, and keeps what has been typed.
 */
export function lazyPage<Name extends string>(
  load: () => Promise<Readonly<Record<Name, Page>>>,
  name: Name,
): AsyncRouteComponent<object> {
  const fetched = async (): Promise<{ Page: Page }> => ({ Page: (await wholePart(load()))[name] });
  const Lazy = lazyRouteComponent(fetched, 'Page');
  function LazyPage(): ReactElement {
    useLanguage();
    return <Lazy />;
  }
  return Object.assign(LazyPage, { preload: async () => Lazy.preload?.() });
}
