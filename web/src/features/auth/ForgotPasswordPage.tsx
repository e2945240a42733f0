import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { FormProblem } from '../../components/FormProblem.tsx';
import { OuterFrame } from '../../components/OuterFrame.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { BUSINESS } from '../../lib/business.ts';
import { t } from '../../lib/t.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { forgotPassword } from './api/passwords.ts';

/** Where a mail with a link to set another password is asked for. Nobody learns here who has an account. */
export function ForgotPasswordPage(): ReactElement {
  const asking = useMutation({ mutationFn: forgotPassword });
  return (
    <OuterFrame
      title={t('auth.forgotTitle')}
      lead={BUSINESS.isMailed ? t('auth.forgotLead') : t('auth.forgotLeadNoMail')}
    >
      <Stack>
        {asking.isSuccess ? <Outcome email={asking.variables} /> : <Form asking={asking} />}
        <p>
          <TextLink to="/sign-in" underline="always">
            {t('auth.backToSignIn')}
          </TextLink>
        </p>
      </Stack>
    </OuterFrame>
  );
}

function Form({ asking }: { asking: UseMutationResult<void, Error, string> }): ReactElement {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '' },
    validate: { email: (value) => (value.trim() === '' ? t('auth.emailMissing') : null) },
  });
  return (
    <form onSubmit={form.onSubmit(({ email }) => asking.mutate(email.trim()))} noValidate>
      <Stack>
        <FormProblem error={asking.error} />
        <TextInput
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <Button type="submit" loading={asking.isPending} fullWidth>
          {t('auth.sendLink')}
        </Button>
      </Stack>
    </form>
  );
}

/** The same whether there is such an account or not. */
function Outcome({ email }: { email: string }): ReactElement {
  return (
    <div role="status">
      {BUSINESS.isMailed ? (
        <StatusStrip tone="good" icon="mail" title={t('auth.linkSent')}>
          <p>{t('auth.linkSentMore', { email })}</p>
        </StatusStrip>
      ) : (
        <StatusStrip tone="warn" icon="mail" title={t('auth.linkKept')}>
          <p>{t('auth.linkKeptMore', { email })}</p>
        </StatusStrip>
      )}
    </div>
  );
}
