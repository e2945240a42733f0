import { MantineProvider, mergeThemeOverrides, type MantineThemeOverride } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, type ReactElement } from 'react';
import { ConnectionNotice } from '../components/ConnectionNotice.tsx';
import { browserSession } from '../lib/browser-session.ts';
import { queryClient } from '../lib/query-client.ts';
import { t, useLanguage } from '../lib/t.ts';
import { leavePage } from '../lib/tell.ts';
import { router } from './router.tsx';
import { theme } from './theme.ts';

/** Style variables and classes come from the built style sheet (`theme-variables.ts`), not from `<style>` elements. */
export function App(): ReactElement {
  useSessionChanges();
  useEffect(() => router.subscribe('onBeforeLoad', ({ pathChanged }) => pathChanged && leavePage()), []);
  useLanguage();
  return (
    <MantineProvider theme={spokenTheme()} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queryClient}>
        <Notices />
        <ConnectionNotice />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** What the parts of the library say by themselves, in the language of the page. */
function spokenTheme(): MantineThemeOverride {
  const closeButtonProps = { 'aria-label': t('common.close') };
  return mergeThemeOverrides(theme, { components: { Modal: { defaultProps: { closeButtonProps } } } });
}

/** On small screens at the top: below are the navigation and the buttons of dialogs. */
function Notices(): ReactElement {
  const small = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false });
  return <Notifications position={small ? 'top-center' : 'bottom-right'} containerWidth={400} />;
}

/** What one person saw never shows for the next; and who is no longer signed in leaves the pages behind the sign-in. */
function useSessionChanges(): void {
  useEffect(() => {
    let shownFor: number | null = null;
    return browserSession.subscribe(() => {
      const state = browserSession.state();
      const userId = state.kind === 'signed_in' ? state.user.id : null;
      if (state.kind === 'signed_in' && (shownFor === null || shownFor === userId)) {
        shownFor = userId;
        return;
      }
      shownFor = userId;
      queryClient.clear();
      void router.invalidate();
    });
  }, []);
}
