import { getRouteApi, useLocation, useRouter } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { ForgotPasswordPage } from '../features/auth/ForgotPasswordPage.tsx';
import { RegisterPage } from '../features/auth/RegisterPage.tsx';
import { SetPasswordPage } from '../features/auth/SetPasswordPage.tsx';
import { SignInPage } from '../features/auth/SignInPage.tsx';

const signIn = getRouteApi('/sign-in');
const register = getRouteApi('/register');

export function SignInRoute(): ReactElement {
  const { redirect } = signIn.useSearch();
  return <SignInPage redirect={redirect} onDone={useEnter(redirect)} />;
}

export function RegisterRoute(): ReactElement {
  const { redirect } = register.useSearch();
  return <RegisterPage redirect={redirect} onDone={useEnter(redirect)} />;
}

export function ForgotPasswordRoute(): ReactElement {
  return <ForgotPasswordPage />;
}

/** The token stands behind the #, which browsers send to nobody; where it leads, it is not in the history any more. */
export function SetPasswordRoute(): ReactElement {
  const token = useLocation({ select: ({ hash }) => hash });
  return <SetPasswordPage token={token} onDone={useEnter(undefined)} />;
}

/** To the page that was wanted before the sign-in. */
function useEnter(wanted: string | undefined): () => Promise<void> {
  const router = useRouter();
  return () => router.navigate({ href: wanted ?? '/', replace: true });
}
