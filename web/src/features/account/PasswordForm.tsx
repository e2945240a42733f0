import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { FormProblem } from '../../components/FormProblem.tsx';
import { passwordAdvice, passwordFault } from '../../lib/passwords.ts';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { tellDone } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { accountQuery, changeAccount } from './api/account.ts';

const INPUTS = { present: ['current_password'], next: ['new_password'] } as const;

/** A new password, proved with the present one. Every other sign-in ends. */
export function PasswordForm({ email }: { email: string }): ReactElement {
  const client = useQueryClient();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { present: '', next: '' },
    validate: {
      present: (value) => (value === '' ? t('account.presentMissing') : null),
      next: passwordFault,
    },
  });
  const changing = useMutation({
    mutationFn: ({ present, next }: { present: string; next: string }) =>
      changeAccount({ current_password: present, new_password: next }),
    onSuccess: (changed) => {
      tellDone(t('account.passwordChanged'), t('account.passwordChangedMore'));
      form.reset();
      client.setQueryData(accountQuery().queryKey, changed);
    },
    onError: (error) => form.setErrors(inputFaults(error, INPUTS)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => changing.mutate(values))} noValidate>
      <Stack>
        <FormProblem error={changing.error} inputs={INPUTS} />
        {/* Password managers keep the new password under this name. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          label={t('account.presentPassword')}
          autoComplete="current-password"
          key={form.key('present')}
          {...form.getInputProps('present')}
        />
        <PasswordInput
          label={t('auth.newPassword')}
          description={passwordAdvice()}
          autoComplete="new-password"
          key={form.key('next')}
          {...form.getInputProps('next')}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={changing.isPending}>
            {t('account.changePassword')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
