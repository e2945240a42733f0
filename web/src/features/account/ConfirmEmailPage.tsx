import { Button, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { BadLink } from '../../components/BadLink.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { OuterFrame } from '../../components/OuterFrame.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { hasCode } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { accountQuery, confirmEmail } from './api/account.ts';

/** Where the link in the mail to a new address leads. It asks first: programs follow links, too. */
export function ConfirmEmailPage({ token }: { token: string }): ReactElement {
  const client = useQueryClient();
  const confirming = useMutation({
    mutationFn: () => confirmEmail(token),
    onSuccess: () => client.invalidateQueries({ queryKey: accountQuery().queryKey }),
  });
  const spent = hasCode(confirming.error, 'invalid_link');
  const usable = token !== '' && !spent && !confirming.isSuccess;
  return (
    <OuterFrame title={t('account.confirmEmail')} lead={usable ? t('account.confirmEmailLead') : ''}>
      <Stack>
        {token === '' && <BadLink title={t('auth.linkCut')} text={t('auth.linkCutMore')} />}
        {spent && <BadLink title={t('auth.linkSpent')} text={t('auth.linkSpentMore')} />}
        {confirming.isSuccess && (
          <div role="status">
            <StatusStrip tone="good" icon="check" title={t('account.emailChanged')}>
              <p>{t('account.emailChangedMore')}</p>
            </StatusStrip>
          </div>
        )}
        {usable && (
          <>
            <FormProblem error={confirming.error} />
            <Button fullWidth loading={confirming.isPending} onClick={() => confirming.mutate()}>
              {t('account.confirmEmailNow')}
            </Button>
          </>
        )}
        {!usable && (
          <p>
            <TextLink to="/settings/account" underline="always">
              {t('account.title')}
            </TextLink>
          </p>
        )}
      </Stack>
    </OuterFrame>
  );
}
