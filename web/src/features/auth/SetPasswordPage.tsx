import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { BadLink } from '../../components/BadLink.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { Loading } from '../../components/Notices.tsx';
import { OuterFrame } from '../../components/OuterFrame.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { passwordAdvice, passwordFault } from '../../lib/passwords.ts';
import { hasCode } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { checkPasswordLink, setPassword } from './api/passwords.ts';

const INPUTS = { password: ['password'] } as const;

/**
 * Where the link of a mail leads, for those who are invited and those who forgot their password. Whether it still works is
 * asked first, so that nobody chooses a password in vain.
 */
export function SetPasswordPage({ token, onDone }: { token: string; onDone: () => Promise<void> }): ReactElement {
  const setting = useMutation({
    mutationFn: (password: string) => setPassword({ token, password }),
    onSuccess: onDone,
  });
  const checking = useQuery({
    queryKey: ['password link', token],
    queryFn: async ({ signal }) => {
      await checkPasswordLink(token, signal);
      return true;
    },
    enabled: token !== '',
    // Once is enough: setting the password says it again.
    staleTime: Infinity,
    gcTime: 0,
  });
  const spent = hasCode(checking.error, 'invalid_link') || hasCode(setting.error, 'invalid_link');
  return (
    <OuterFrame title={t('auth.setTitle')} lead={token === '' || spent ? '' : t('auth.setLead')}>
      <Stack>
        {token === '' && <BadLink title={t('auth.linkCut')} text={t('auth.linkCutMore')} />}
        {spent && <BadLink title={t('auth.linkSpent')} text={t('auth.linkSpentMore')} />}
        {checking.isLoading && <Loading words={t('auth.checkingLink')} />}
        {token !== '' && !checking.isLoading && !spent && (
          <Form error={setting.error} busy={setting.isPending} onPassword={(password) => setting.mutate(password)} />
        )}
        {(token === '' || spent) && (
          <p>
            <TextLink to="/forgot-password" underline="always">
              {t('auth.newLink')}
            </TextLink>
          </p>
        )}
      </Stack>
    </OuterFrame>
  );
}

function Form(props: { error: unknown; busy: boolean; onPassword: (password: string) => void }): ReactElement {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: passwordFault },
  });
  return (
    <form onSubmit={form.onSubmit(({ password }) => props.onPassword(password))} noValidate>
      <Stack>
        <FormProblem error={props.error} inputs={INPUTS} />
        <PasswordInput
          label={t('auth.newPassword')}
          description={passwordAdvice()}
          autoComplete="new-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={props.busy} fullWidth>
          {t('auth.set')}
        </Button>
      </Stack>
    </form>
  );
}
