import { Button, Group, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import { useState, type ReactElement } from 'react';
import type { ChangeEmailRequest } from '../../../../src/api-contract/accounts.ts';
import { DialogButtons } from '../../components/DialogButtons.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { BUSINESS } from '../../lib/business.ts';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { changeEmail } from './api/account.ts';

const INPUTS = { email: ['email'], present: ['current_password'] } as const;

/** The address with which one signs in, and the way to another one. */
export function EmailAddress({ email }: { email: string }): ReactElement {
  const [changing, setChanging] = useState(false);
  return (
    <Stack>
      <TextInput label={t('account.presentEmail')} description={t('account.emailHint')} readOnly value={email} />
      <Group justify="flex-end">
        <Button variant="default" onClick={() => setChanging(true)}>
          {t('account.changeEmail')}
        </Button>
      </Group>
      {changing && <ChangeEmailDialog present={email} onClose={() => setChanging(false)} />}
    </Stack>
  );
}

/** Asks for the address and the password, and then says where the link went. */
function ChangeEmailDialog({ present, onClose }: { present: string; onClose: () => void }): ReactElement {
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  return (
    <Modal opened onClose={onClose} title={t('account.changeEmail')}>
      {mailedTo === null ? (
        <ChangeEmailForm present={present} onClose={onClose} onAsked={setMailedTo} />
      ) : (
        <Outcome email={mailedTo} onClose={onClose} />
      )}
    </Modal>
  );
}

function ChangeEmailForm(props: {
  present: string;
  onClose: () => void;
  onAsked: (email: string) => void;
}): ReactElement {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', present: '' },
    validate: {
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('auth.emailWrong')),
      present: (value) => (value === '' ? t('account.presentMissing') : null),
    },
  });
  const asking = useMutation({
    mutationFn: (request: ChangeEmailRequest) => changeEmail(request),
    onSuccess: (_, { email }) => props.onAsked(email),
    onError: (error) => form.setErrors(inputFaults(error, INPUTS)),
  });
  const submit = form.onSubmit(({ email, present }) =>
    asking.mutate({ email: email.trim(), current_password: present }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem error={asking.error} inputs={INPUTS} />
        {/* Password managers fill in the password of this name. */}
        <input type="text" autoComplete="username" value={props.present} readOnly hidden />
        <TextInput
          label={t('account.newEmail')}
          description={t('account.newEmailHint')}
          type="email"
          inputMode="email"
          autoComplete="off"
          data-autofocus
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('account.presentPassword')}
          autoComplete="current-password"
          key={form.key('present')}
          {...form.getInputProps('present')}
        />
        <DialogButtons
          back={t('common.cancel')}
          onBack={props.onClose}
          yes={t('auth.sendLink')}
          busy={asking.isPending}
        />
      </Stack>
    </form>
  );
}

/** The same whether somebody has this address or not. */
function Outcome({ email, onClose }: { email: string; onClose: () => void }): ReactElement {
  return (
    <Stack>
      <div role="status">
        {BUSINESS.isMailed ? (
          <StatusStrip tone="good" icon="mail" title={t('auth.linkSent')}>
            <p>{t('account.emailLinkSentMore', { email })}</p>
          </StatusStrip>
        ) : (
          <StatusStrip tone="warn" icon="mail" title={t('auth.linkKept')}>
            <p>{t('account.emailLinkKeptMore', { email })}</p>
          </StatusStrip>
        )}
      </div>
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t('common.done')}
        </Button>
      </Group>
    </Stack>
  );
}
