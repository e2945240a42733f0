import { getRouteApi, useLocation } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { ConfirmEmailPage } from '../features/account/ConfirmEmailPage.tsx';
import { UnsubscribePage } from '../features/mails/UnsubscribePage.tsx';

const route = getRouteApi('/unsubscribe');

/** The token stands behind the #, which browsers send to nobody. */
export function UnsubscribeRoute(): ReactElement {
  const { mails } = route.useSearch();
  const token = useLocation({ select: ({ hash }) => hash });
  return <UnsubscribePage mails={mails} token={token} />;
}

/** As above. */
export function ConfirmEmailRoute(): ReactElement {
  const token = useLocation({ select: ({ hash }) => hash });
  return <ConfirmEmailPage token={token} />;
}
