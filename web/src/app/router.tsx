import { createRootRoute, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router';
import { z } from 'zod';
import { mailChoiceSchema } from '../../../src/api-contract/calendar.ts';
import { browserSession } from '../lib/browser-session.ts';
import { readId } from '../lib/read-id.ts';
import type { SessionUser } from '../lib/session.ts';
import { t } from '../lib/t.ts';
import { isDate } from '../lib/week.ts';
import { Loading } from '../components/Notices.tsx';
import { NotFound, RouteFailure, StartFailure } from './fallbacks.tsx';
import { innerPath } from './inner-path.ts';
import { lazyPage } from './lazy-page.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Where to go after signing in; foreign addresses fall away. */
const entrySearch = z.object({ redirect: z.string().optional().transform(innerPath).catch(undefined) });

async function leaveWhenSignedIn({ search }: { search: z.output<typeof entrySearch> }): Promise<void> {
  const token = await browserSession.accessToken().catch(() => null);
  if (token !== null) throw redirect({ href: search.redirect ?? '/', replace: true });
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: 'sign-in',
  validateSearch: entrySearch,
  beforeLoad: leaveWhenSignedIn,
  component: lazyPage(() => import('./entry.tsx'), 'SignInRoute'),
});

const register = createRoute({
  getParentRoute: () => root,
  path: 'register',
  validateSearch: entrySearch,
  beforeLoad: leaveWhenSignedIn,
  component: lazyPage(() => import('./entry.tsx'), 'RegisterRoute'),
});

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: 'forgot-password',
  component: lazyPage(() => import('./entry.tsx'), 'ForgotPasswordRoute'),
});

/** Where the links of invitations lead; whoever is signed in here may be another person. */
const setPassword = createRoute({
  getParentRoute: () => root,
  path: 'set-password',
  component: lazyPage(() => import('./entry.tsx'), 'SetPasswordRoute'),
});

/** Where the link in the mail to a new address leads; it may be opened where nobody is signed in. */
const confirmEmail = createRoute({
  getParentRoute: () => root,
  path: 'confirm-email',
  component: lazyPage(() => import('./mails.tsx'), 'ConfirmEmailRoute'),
});

/** Where the links at the foot of mails lead. */
const unsubscribe = createRoute({
  getParentRoute: () => root,
  path: 'unsubscribe',
  validateSearch: z.object({ mails: mailChoiceSchema.optional().catch(undefined) }),
  component: lazyPage(() => import('./mails.tsx'), 'UnsubscribeRoute'),
});

/** Everything behind the sign-in. A reload comes back signed in: the kept refresh token is tried before anything shows. */
const members = createRoute({
  getParentRoute: () => root,
  id: 'members',
  async beforeLoad({ location }) {
    const token = await browserSession.accessToken();
    if (token !== null) return;
    const state = browserSession.state();
    const left = state.kind === 'signed_out' && state.why === 'left';
    throw redirect({ to: '/sign-in', search: left ? {} : { redirect: location.href }, replace: true });
  },
  errorComponent: StartFailure,
  component: lazyPage(() => import('./Shell.tsx'), 'Shell'),
});

const home = createRoute({
  getParentRoute: () => members,
  path: '/',
  component: lazyPage(() => import('./home.tsx'), 'HomeRoute'),
});

const appointmentsSearch = z.object({
  view: z.enum(['list', 'calendar']).optional().catch(undefined),
  when: z.enum(['upcoming', 'past']).optional().catch(undefined),
  status: z.enum(['scheduled', 'completed', 'cancelled', 'no_show']).optional().catch(undefined),
});

const appointments = createRoute({
  getParentRoute: () => members,
  path: 'appointments',
  validateSearch: appointmentsSearch,
  component: lazyPage(() => import('./appointments.tsx'), 'AppointmentsRoute'),
});

const idParams = {
  parse: ({ id }: { id: string }) => ({ id: readId(id) }),
  stringify: ({ id }: { id: number }) => ({ id: String(id) }),
};

const appointment = createRoute({
  getParentRoute: () => members,
  path: 'appointments/$id',
  params: idParams,
  component: lazyPage(() => import('./appointments.tsx'), 'AppointmentRoute'),
});

const orders = createRoute({
  getParentRoute: () => members,
  path: 'orders',
  validateSearch: z.object({ status: z.enum(['pending', 'confirmed', 'cancelled']).optional().catch(undefined) }),
  component: lazyPage(() => import('./orders.tsx'), 'OrdersRoute'),
});

const newOrder = createRoute({
  getParentRoute: () => members,
  path: 'orders/new',
  component: lazyPage(() => import('./orders.tsx'), 'NewOrderRoute'),
});

const order = createRoute({
  getParentRoute: () => members,
  path: 'orders/$id',
  params: idParams,
  component: lazyPage(() => import('./orders.tsx'), 'OrderRoute'),
});

/** Pages of a role; everybody else is taken to their own start. */
function onlyFor(...roles: readonly SessionUser['role'][]): () => void {
  return () => {
    const state = browserSession.state();
    if (state.kind === 'signed_in' && !roles.includes(state.user.role)) throw redirect({ to: '/', replace: true });
  };
}

const team = createRoute({
  getParentRoute: () => members,
  path: 'team',
  validateSearch: z.object({ week: z.string().refine(isDate).optional().catch(undefined) }),
  beforeLoad: onlyFor('manager', 'admin'),
  component: lazyPage(() => import('./team.tsx'), 'TeamRoute'),
});

const myDays = createRoute({
  getParentRoute: () => members,
  path: 'my-day',
  validateSearch: z.object({
    day: z.string().refine(isDate).optional().catch(undefined),
    view: z.enum(['day', 'week']).optional().catch(undefined),
  }),
  beforeLoad: onlyFor('staff'),
  component: lazyPage(() => import('./my-days.tsx'), 'MyDaysRoute'),
});

const people = createRoute({
  getParentRoute: () => members,
  path: 'people',
  validateSearch: z.object({ role: z.enum(['customer', 'staff', 'manager', 'admin']).optional().catch(undefined) }),
  beforeLoad: onlyFor('admin'),
  component: lazyPage(() => import('./people.tsx'), 'PeopleRoute'),
});

const services = createRoute({
  getParentRoute: () => members,
  path: 'services',
  beforeLoad: onlyFor('admin'),
  component: lazyPage(() => import('../features/services/ServicesPage.tsx'), 'ServicesPage'),
});

const calendarHealth = createRoute({
  getParentRoute: () => members,
  path: 'admin/calendar-health',
  validateSearch: z.object({
    state: z
      .enum(['needs_owner', 'active', 'degraded', 'reauth_required', 'paused', 'disconnecting'])
      .optional()
      .catch(undefined),
    provider: z.enum(['google', 'outlook', 'caldav']).optional().catch(undefined),
  }),
  beforeLoad: onlyFor('admin'),
  component: lazyPage(() => import('./calendar-health.tsx'), 'CalendarHealthRoute'),
});

const settings = createRoute({
  getParentRoute: () => members,
  path: 'settings',
  beforeLoad: () => {
    throw redirect({ to: '/settings/calendar', replace: true });
  },
});

const account = createRoute({
  getParentRoute: () => members,
  path: 'settings/account',
  component: lazyPage(() => import('../features/account/AccountPage.tsx'), 'AccountPage'),
});

const text = z.string().max(200).optional().catch(undefined);

const calendarSettings = createRoute({
  getParentRoute: () => members,
  path: 'settings/calendar',
  validateSearch: z.object({
    connected: text,
    error: text,
    confirm: text,
    reason: text,
    provider: text,
    admin_consent: text,
  }),
  component: lazyPage(() => import('./calendar-settings.tsx'), 'CalendarSettingsRoute'),
});

const routeTree = root.addChildren([
  signIn,
  register,
  forgotPassword,
  setPassword,
  confirmEmail,
  unsubscribe,
  members.addChildren([
    home,
    appointments,
    appointment,
    orders,
    newOrder,
    order,
    team,
    myDays,
    people,
    services,
    calendarHealth,
    settings,
    account,
    calendarSettings,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Loading words={t('app.loadingPage')} />,
  defaultErrorComponent: RouteFailure,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
