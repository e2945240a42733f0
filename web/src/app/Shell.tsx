import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, type ReactElement } from 'react';
import { Brand } from '../components/Brand.tsx';
import { CalendarBanner } from '../features/calendar-settings/CalendarBanner.tsx';
import { useSession } from '../lib/browser-session.ts';
import { t } from '../lib/t.ts';
import { UserContext } from '../lib/user.ts';
import { useLiveUpdates } from './live-updates.ts';
import { Navigation } from './Navigation.tsx';
import classes from './Shell.module.css';
import { UserMenu } from './UserMenu.tsx';

/** What surrounds every page behind the sign-in. On small screens the navigation is at the lower edge, near the thumb. */
export function Shell(): ReactElement | null {
  const session = useSession();
  const main = useFocusOnNavigation();
  useLiveUpdates(session.kind === 'signed_in' ? session.user.id : null);
  if (session.kind !== 'signed_in') return null;
  return (
    <UserContext value={session.user}>
      <a className={classes.skip} href="#main">
        {t('app.skip')}
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Link to="/" className={classes.brand} aria-label={t('app.homeLink')}>
            <Brand />
          </Link>
          <Navigation role={session.user.role} />
          <UserMenu user={session.user} />
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        <CalendarBanner />
        <Outlet />
      </main>
    </UserContext>
  );
}

/** A screen reader hears of a new page when the focus moves into it; a change of the search alone is the same page. */
function useFocusOnNavigation(): React.RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== undefined && before.current !== path) main.current?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);
  return main;
}
