import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { ButtonLink } from '../components/ButtonLink.tsx';
import { Empty, Failure } from '../components/Notices.tsx';
import { usePageTitle } from '../components/Page.tsx';
import { hasCode } from '../lib/problem.ts';

export function NotFound(): ReactElement {
  usePageTitle('Page not found');
  return (
    <main id="main">
      <h1 className="heading-only">Page not found</h1>
      <Empty icon="info" title="There is nothing at this address.">
        <p>The link may be old or mistyped.</p>
        <ButtonLink to="/">Go to today’s page</ButtonLink>
      </Empty>
    </main>
  );
}

/** A page could not be shown: the server was not reached, a part of the app could not be fetched, or a fault of ours. */
export function RouteFailure({ error, reset }: ErrorComponentProps): ReactElement {
  const router = useRouter();
  usePageTitle('Something went wrong');
  const retry = (): void => {
    if (hasCode(error, 'part_missing')) return window.location.reload();
    reset();
    void router.invalidate();
  };
  return <Failure title="This page can’t be shown" error={error} onRetry={retry} />;
}

/** As `RouteFailure`, where nothing surrounds the page yet. */
export function StartFailure(props: ErrorComponentProps): ReactElement {
  return (
    <main id="main">
      <h1 className="heading-only">Something went wrong</h1>
      <RouteFailure {...props} />
    </main>
  );
}
