import { Button, CopyButton, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { UserJson } from '../../../../src/api-contract/users.ts';
import { DialogButtons } from '../../components/DialogButtons.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { Loading } from '../../components/Notices.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { createIntent } from '../../lib/intent.ts';
import { passwordFault } from '../../lib/passwords.ts';
import { phoneFault } from '../../lib/phone.ts';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { createPerson, mailDeliveryQuery } from './api/change-person.ts';
import classes from './PeoplePage.module.css';
import { RoleFields } from './RoleFields.tsx';
import { suggestPassword } from './suggest-password.ts';

const INPUTS = {
  name: ['name'],
  email: ['email'],
  phone: ['phone'],
  role: ['role'],
  managerId: ['manager_id'],
  password: ['password'],
} as const;

interface Values {
  name: string;
  email: string;
  phone: string;
  role: UserJson['role'];
  managerId: string | null;
  /** How they get a password: by a link that is mailed to them, or one that is handed over. */
  way: 'mail' | 'password';
  password: string;
}

/** What was made; `password` when there is one to hand over. */
interface Made {
  person: UserJson;
  password: string | null;
}

/** Makes an account, and invites the person by mail or shows the first password to be handed over. */
export function NewPersonDialog(props: { role: UserJson['role']; onClose: () => void }): ReactElement {
  const [made, setMade] = useState<Made | null>(null);
  const delivery = useQuery(mailDeliveryQuery());
  return (
    <Modal opened onClose={props.onClose} title={made === null ? t('people.add') : madeTitle(made)}>
      {made !== null && <Outcome {...made} mailed={delivery.data === 'server'} onClose={props.onClose} />}
      {made === null && delivery.isPending && <Loading words={t('people.loadingForm')} />}
      {made === null && !delivery.isPending && (
        <NewPersonForm {...props} mailed={delivery.data === 'server'} onMade={setMade} />
      )}
    </Modal>
  );
}

function madeTitle({ person: { name }, password }: Made): string {
  return password === null ? t('people.isInvited', { name }) : t('people.canSignIn', { name });
}

function NewPersonForm(props: {
  role: UserJson['role'];
  onClose: () => void;
  /** Mails reach people. */
  mailed: boolean;
  onMade: (made: Made) => void;
}): ReactElement {
  const client = useQueryClient();
  const [keyFor] = useState(createIntent);
  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: {
      ...{ name: '', email: '', phone: '', role: props.role, managerId: null },
      ...{ way: props.mailed ? 'mail' : 'password', password: suggestPassword() },
    },
    validate: {
      name: (value) => (value.trim() === '' ? t('people.nameMissing') : null),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('people.emailWrong')),
      phone: phoneFault,
      password: (value, { way }) => (way === 'password' ? passwordFault(value) : null),
    },
  });
  const making = useMutation({
    mutationFn: (values: Values) => {
      const request = {
        name: values.name.trim(),
        email: values.email.trim(),
        phone: values.phone.trim() || null,
        role: values.role,
        manager_id: values.role === 'staff' && values.managerId !== null ? Number(values.managerId) : null,
        ...(values.way === 'password' && { password: values.password }),
      };
      return createPerson(request, keyFor(request));
    },
    onSuccess: async (person, { way, password }) => {
      props.onMade({ person, password: way === 'password' ? password : null });
      await Promise.all([
        client.invalidateQueries({ queryKey: ['people'] }),
        client.invalidateQueries({ queryKey: ['staff'] }),
      ]);
    },
    onError: (error) => form.setErrors(inputFaults(error, INPUTS)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => making.mutate(values))} noValidate>
      <Stack>
        <FormProblem error={making.error} inputs={INPUTS} />
        <TextInput label={t('people.name')} autoComplete="off" data-autofocus {...form.getInputProps('name')} />
        <TextInput label={t('people.email')} type="email" autoComplete="off" {...form.getInputProps('email')} />
        <TextInput label={t('people.phone')} type="tel" autoComplete="off" {...form.getInputProps('phone')} />
        <RoleFields form={form} />
        <Radio.Group label={t('people.way')} {...form.getInputProps('way')}>
          <Stack gap="xs" mt="xs">
            <Radio
              value="mail"
              label={t('people.wayByMail')}
              description={props.mailed ? t('people.wayByMailHint') : t('people.wayByMailNowhere')}
            />
            <Radio value="password" label={t('people.wayByHand')} />
          </Stack>
        </Radio.Group>
        {form.values.way === 'password' && (
          <TextInput
            label={t('people.firstPassword')}
            description={t('people.firstPasswordHint')}
            autoComplete="off"
            {...form.getInputProps('password')}
          />
        )}
        <DialogButtons
          back={t('common.cancel')}
          onBack={props.onClose}
          yes={t('people.addNow')}
          busy={making.isPending}
        />
      </Stack>
    </form>
  );
}

function Outcome(props: Made & { mailed: boolean; onClose: () => void }): ReactElement {
  const { person, password, mailed, onClose } = props;
  return (
    <Stack>
      {password === null ? (
        <StatusStrip tone={mailed ? 'good' : 'warn'} icon="mail" title={t('people.made')}>
          <p>
            {mailed
              ? t('people.isInvitedMore', { email: person.email })
              : t('people.isInvitedKept', { email: person.email })}
          </p>
        </StatusStrip>
      ) : (
        <HandOver person={person} password={password} />
      )}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t('common.done')}
        </Button>
      </Group>
    </Stack>
  );
}

function HandOver({ person, password }: { person: UserJson; password: string }): ReactElement {
  return (
    <>
      <StatusStrip tone="good" icon="check" title={t('people.made')}>
        <p>{t('people.madeNext')}</p>
      </StatusStrip>
      <TextInput label={t('people.email')} readOnly value={person.email} />
      <div className={classes.secret}>
        <TextInput label={t('people.firstPassword')} readOnly value={password} />
        <CopyButton value={password}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('common.copied') : t('common.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </>
  );
}
