import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, type ReactElement } from 'react';
import { ButtonLink } from '../components/ButtonLink.tsx';
import { Empty, Failure } from '../components/Notices.tsx';
import { usePageTitle } from '../components/Page.tsx';
import { browserConnection, useReconnected } from '../lib/browser-connection.ts';
import { hasCode } from '../lib/problem.ts';
import { t, useLanguage } from '../lib/t.ts';

export function NotFound(): ReactElement {
  useLanguage();
  usePageTitle(t('app.notFound'));
  return (
    <main id="main">
      <h1 className="heading-only">{t('app.notFound')}</h1>
      <Empty icon="info" title={t('app.notFoundMore')}>
        <p>{t('app.notFoundNext')}</p>
        <ButtonLink to="/">{t('app.toToday')}</ButtonLink>
      </Empty>
    </main>
  );
}

/** A page could not be shown: the server was not reached, a part of the app could not be fetched, or a fault of ours. */
export function RouteFailure({ error, reset }: ErrorComponentProps): ReactElement {
  const router = useRouter();
  useLanguage();
  usePageTitle(t('app.failed'));
  const retry = (): void => {
    if (hasCode(error, 'part_missing')) return window.location.reload();
    reset();
    void router.invalidate();
  };
  useReconnected(retry);
  useMissedBefore(error);
  return <Failure title={t('app.notShown')} error={error} onRetry={retry} />;
}

/** The pages of which a part could not be fetched. */
const missed = new Set<string>();

/**
 * Browsers remember that a part of the app could not be fetched, and don't ask again: whoever comes back to a page that they
 * opened without a connection has it loaded anew. A new document knows of none, so this happens once.
 */
function useMissedBefore(error: unknown): void {
  useEffect(() => {
    if (!hasCode(error, 'part_missing')) return;
    const { pathname } = window.location;
    if (missed.has(pathname) && browserConnection.state() === 'online') window.location.reload();
    missed.add(pathname);
  }, [error]);
}

/** As `RouteFailure`, where nothing surrounds the page yet. */
export function StartFailure(props: ErrorComponentProps): ReactElement {
  useLanguage();
  return (
    <main id="main">
      <h1 className="heading-only">{t('app.failed')}</h1>
      <RouteFailure {...props} />
    </main>
  );
}
