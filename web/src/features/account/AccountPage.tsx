import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Card } from '../../components/Card.tsx';
import { Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { t } from '../../lib/t.ts';
import { accountQuery } from './api/account.ts';
import { EmailAddress } from './EmailAddress.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { ProfileForm } from './ProfileForm.tsx';

/** Name, phone, time zone, e-mail address and password of who is signed in. */
export function AccountPage(): ReactElement {
  const query = useQuery(accountQuery());
  return (
    <Page title={t('account.title')} width="narrow" below={t('account.lead')}>
      {query.isPending && <Loading words={t('account.loading')} />}
      {query.isError && query.data === undefined && (
        <Failure title={t('account.notShown')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && (
        <Stack gap="lg">
          <Card title={t('account.about')}>
            <ProfileForm me={query.data} />
          </Card>
          <Card title={t('auth.email')}>
            <EmailAddress email={query.data.email} />
          </Card>
          <Card title={t('auth.password')}>
            <PasswordForm email={query.data.email} />
          </Card>
        </Stack>
      )}
    </Page>
  );
}
