import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { RegisterPage } from '../features/auth/RegisterPage.tsx';
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

/** To the page that was wanted before the sign-in. */
function useEnter(wanted: string | undefined): () => Promise<void> {
  const router = useRouter();
  return () => router.navigate({ href: wanted ?? '/', replace: true });
}
