import { Button, CopyButton, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { UserJson } from '../../../../src/api-contract/users.ts';
import { FormProblem } from '../../components/FormProblem.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { sortFieldErrors } from '../../lib/field-errors.ts';
import { createIntent } from '../../lib/intent.ts';
import { Problem } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { createPerson } from './api/change-person.ts';
import classes from './PeoplePage.module.css';
import { RoleFields } from './RoleFields.tsx';
import { SHORTEST_PASSWORD, suggestPassword } from './suggest-password.ts';

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
  password: string;
}

/** Makes an account with a first password, which is shown to be handed over. */
export function NewPersonDialog(props: { role: UserJson['role']; onClose: () => void }): ReactElement {
  const [made, setMade] = useState<{ person: UserJson; password: string } | null>(null);
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={made === null ? t('people.add') : t('people.canSignIn', { name: made.person.name })}
    >
      {made === null ? <NewPersonForm {...props} onMade={setMade} /> : <HandOver {...made} onClose={props.onClose} />}
    </Modal>
  );
}

function NewPersonForm(props: {
  role: UserJson['role'];
  onClose: () => void;
  onMade: (made: { person: UserJson; password: string }) => void;
}): ReactElement {
  const client = useQueryClient();
  const [keyFor] = useState(createIntent);
  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: { name: '', email: '', phone: '', role: props.role, managerId: null, password: suggestPassword() },
    validate: {
      name: (value) => (value.trim() === '' ? t('people.nameMissing') : null),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : t('people.emailWrong')),
      password: (value) =>
        value.length < SHORTEST_PASSWORD ? t('people.passwordShort', { length: SHORTEST_PASSWORD }) : null,
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
        password: values.password,
      };
      return createPerson(request, keyFor(request));
    },
    onSuccess: async (person, { password }) => {
      props.onMade({ person, password });
      await Promise.all([
        client.invalidateQueries({ queryKey: ['people'] }),
        client.invalidateQueries({ queryKey: ['staff'] }),
      ]);
    },
    onError: (error) => {
      if (error instanceof Problem) form.setErrors(sortFieldErrors(error.fields, INPUTS).byInput);
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => making.mutate(values))} noValidate>
      <Stack>
        <FormProblem error={making.error} inputs={INPUTS} />
        <TextInput label={t('people.name')} autoComplete="off" data-autofocus {...form.getInputProps('name')} />
        <TextInput label={t('people.email')} type="email" autoComplete="off" {...form.getInputProps('email')} />
        <TextInput label={t('people.phone')} type="tel" autoComplete="off" {...form.getInputProps('phone')} />
        <RoleFields form={form} />
        <TextInput
          label={t('people.firstPassword')}
          description={t('people.firstPasswordHint')}
          autoComplete="off"
          {...form.getInputProps('password')}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={props.onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={making.isPending}>
            {t('people.addNow')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function HandOver(props: { person: UserJson; password: string; onClose: () => void }): ReactElement {
  return (
    <Stack>
      <StatusStrip tone="good" icon="check" title={t('people.made')}>
        <p>{t('people.madeNext')}</p>
      </StatusStrip>
      <TextInput label={t('people.email')} readOnly value={props.person.email} />
      <div className={classes.secret}>
        <TextInput label={t('people.firstPassword')} readOnly value={props.password} />
        <CopyButton value={props.password}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('common.copied') : t('common.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <Group justify="flex-end">
        <Button onClick={props.onClose} data-autofocus>
          {t('common.done')}
        </Button>
      </Group>
    </Stack>
  );
}
