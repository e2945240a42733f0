import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import type { ReactElement } from 'react';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useSession } from '../../lib/browser-session.ts';
import { t } from '../../lib/t.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { signIn } from './api/sign-in.ts';
import { OuterFrame } from '../../components/OuterFrame.tsx';
import { signInWords } from './sign-in-words.ts';

/** `onDone` brings the person to where they wanted to go; `redirect` carries that over to the registration. */
export function SignInPage(props: { redirect: string | undefined; onDone: () => Promise<void> }): ReactElement {
  const session = useSession();
  const expired = session.kind === 'signed_out' && session.why === 'expired';
  return (
    <OuterFrame title={t('auth.signIn')} lead={t('auth.signInLead')}>
      <Stack>
        {expired && (
          <StatusStrip tone="warn" icon="info" title={t('auth.signedOut')}>
            <p>{t('auth.signedOutNext')}</p>
          </StatusStrip>
        )}
        <SignInForm onDone={props.onDone} />
        <p>
          <TextLink to="/forgot-password" underline="always">
            {t('auth.forgotTitle')}
          </TextLink>
        </p>
        <p>
          {t('auth.newHere')}{' '}
          <TextLink to="/register" search={{ redirect: props.redirect }} underline="always">
            {t('auth.createAccount')}
          </TextLink>
        </p>
      </Stack>
    </OuterFrame>
  );
}

function SignInForm({ onDone }: { onDone: () => Promise<void> }): ReactElement {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? t('auth.emailMissing') : null),
      password: (value) => (value === '' ? t('auth.passwordMissing') : null),
    },
  });
  const signingIn = useMutation({ mutationFn: signIn, onSuccess: onDone });
  const words = signingIn.error === null ? null : signInWords(signingIn.error);
  const submit = form.onSubmit((values) => signingIn.mutate({ ...values, email: values.email.trim() }));
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {words !== null && (
          <div role="alert">
            <StatusStrip tone="bad" icon="alert" title={words.title}>
              <p>{words.message}</p>
            </StatusStrip>
          </div>
        )}
        <TextInput
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('auth.password')}
          autoComplete="current-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={signingIn.isPending} fullWidth>
          {t('auth.signIn')}
        </Button>
      </Stack>
    </form>
  );
}
