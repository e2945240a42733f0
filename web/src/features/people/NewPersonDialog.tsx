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
import { createPerson } from './api/change-person.ts';
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
  password: string;
}

/** Makes an account with a first password, which is shown to be handed over. */
export function NewPersonDialog(props: { role: UserJson['role']; onClose: () => void }): ReactElement {
  const [made, setMade] = useState<{ person: UserJson; password: string } | null>(null);
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={made === null ? 'Add a person' : `${made.person.name} can sign in now`}
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
      name: (value) => (value.trim() === '' ? 'Type their name.' : null),
      email: (value) => (/^\S+@\S+$/.test(value.trim()) ? null : 'Type an e-mail address such as jane@example.com.'),
      password: (value) => (value.length < 10 ? 'Use at least 10 characters.' : null),
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
        <TextInput label="Name" autoComplete="off" data-autofocus {...form.getInputProps('name')} />
        <TextInput label="E-mail" type="email" autoComplete="off" {...form.getInputProps('email')} />
        <TextInput label="Phone (optional)" type="tel" autoComplete="off" {...form.getInputProps('phone')} />
        <RoleFields form={form} />
        <TextInput
          label="First password"
          description="Give it to them by phone or in person."
          autoComplete="off"
          {...form.getInputProps('password')}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={making.isPending}>
            Add the person
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function HandOver(props: { person: UserJson; password: string; onClose: () => void }): ReactElement {
  return (
    <Stack>
      <StatusStrip tone="good" icon="check" title="The account is made">
        <p>Hand over the two lines below. The password is not shown again.</p>
      </StatusStrip>
      <TextInput label="E-mail" readOnly value={props.person.email} />
      <div className={classes.secret}>
        <TextInput label="First password" readOnly value={props.password} />
        <CopyButton value={props.password}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </div>
      <Group justify="flex-end">
        <Button onClick={props.onClose} data-autofocus>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
