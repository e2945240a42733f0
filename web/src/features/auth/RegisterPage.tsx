import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import type { ReactElement } from 'react';
import { FormProblem } from '../../components/FormProblem.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { passwordAdvice, passwordFault } from '../../lib/passwords.ts';
import { phoneFault } from '../../lib/phone.ts';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { viewerZone } from '../../lib/time.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { register } from './api/register.ts';
import { OuterFrame } from '../../components/OuterFrame.tsx';

const INPUTS = { name: ['name'], email: ['email'], phone: ['phone'], password: ['password'] } as const;

export function RegisterPage(props: { redirect: string | undefined; onDone: () => Promise<void> }): ReactElement {
  return (
    <OuterFrame title={t('auth.register')} lead={t('auth.registerLead')}>
      <Stack>
        <RegisterForm onDone={props.onDone} />
        <p>
          {t('auth.haveAccount')}{' '}
          <TextLink to="/sign-in" search={{ redirect: props.redirect }} underline="always">
            {t('auth.signIn')}
          </TextLink>
        </p>
      </Stack>
    </OuterFrame>
  );
}

function RegisterForm({ onDone }: { onDone: () => Promise<void> }): ReactElement {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '', phone: '', password: '' },
    validate: {
      name: (value) => (value.trim() === '' ? t('auth.nameMissing') : null),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('auth.emailWrong')),
      phone: phoneFault,
      password: passwordFault,
    },
  });
  const registering = useMutation({
    mutationFn: register,
    onSuccess: onDone,
    onError: (error) => form.setErrors(inputFaults(error, INPUTS)),
  });
  const submit = form.onSubmit(({ name, email, phone, password }) =>
    registering.mutate({
      name: name.trim(),
      email: email.trim(),
      phone: phone.trim() || null,
      password,
      time_zone: viewerZone(),
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem error={registering.error} inputs={INPUTS} />
        <TextInput label={t('auth.name')} autoComplete="name" key={form.key('name')} {...form.getInputProps('name')} />
        <TextInput
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <TextInput
          label={t('auth.phone')}
          type="tel"
          autoComplete="tel"
          key={form.key('phone')}
          {...form.getInputProps('phone')}
        />
        <PasswordInput
          label={t('auth.password')}
          description={passwordAdvice()}
          autoComplete="new-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={registering.isPending} fullWidth>
          {t('auth.create')}
        </Button>
      </Stack>
    </form>
  );
}
