import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { FormProblem } from '../../components/FormProblem.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { sortFieldErrors } from '../../lib/field-errors.ts';
import { Problem } from '../../lib/problem.ts';
import { viewerZone } from '../../lib/time.ts';
import { register } from './api/register.ts';
import { OuterFrame } from '../../components/OuterFrame.tsx';

/** The contract's own limits (`src/api-contract/fields.ts`). */
const SHORTEST_PASSWORD = 10;

const INPUTS = { name: ['name'], email: ['email'], phone: ['phone'], password: ['password'] } as const;

export function RegisterPage(props: { redirect: string | undefined; onDone: () => Promise<void> }): ReactElement {
  return (
    <OuterFrame title="Create your account" lead="Book cleanings and see them in your own calendar.">
      <Stack>
        <RegisterForm onDone={props.onDone} />
        <p>
          You have an account?{' '}
          <TextLink to="/sign-in" search={{ redirect: props.redirect }} underline="always">
            Sign in
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
      name: (value) => (value.trim() === '' ? 'Type your name.' : null),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : 'Type an e-mail address such as jane@example.com.'),
      password: (value) => (value.length < SHORTEST_PASSWORD ? `Use at least ${SHORTEST_PASSWORD} characters.` : null),
    },
  });
  const registering = useMutation({
    mutationFn: register,
    onSuccess: onDone,
    onError: (error) => {
      if (error instanceof Problem) form.setErrors(sortFieldErrors(error.fields, INPUTS).byInput);
    },
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
        <TextInput label="Name" autoComplete="name" key={form.key('name')} {...form.getInputProps('name')} />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          inputMode="email"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <TextInput
          label="Phone (optional)"
          type="tel"
          autoComplete="tel"
          key={form.key('phone')}
          {...form.getInputProps('phone')}
        />
        <PasswordInput
          label="Password"
          description={`At least ${SHORTEST_PASSWORD} characters. A few words in a row are easy to remember.`}
          autoComplete="new-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={registering.isPending} fullWidth>
          Create account
        </Button>
      </Stack>
    </form>
  );
}
