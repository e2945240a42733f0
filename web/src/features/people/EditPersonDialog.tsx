import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { ChangeUserRequest, UserJson } from '../../../../src/api-contract/users.ts';
import { DialogButtons } from '../../components/DialogButtons.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { passwordFault } from '../../lib/passwords.ts';
import { phoneFault } from '../../lib/phone.ts';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { tellDone, tellFailure, tellWarning } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { changePerson, invitePerson } from './api/change-person.ts';
import classes from './PeoplePage.module.css';
import { RoleFields } from './RoleFields.tsx';

const INPUTS = {
  name: ['name'],
  phone: ['phone'],
  role: ['role'],
  managerId: ['manager_id'],
  password: ['password'],
} as const;

interface Values {
  name: string;
  phone: string;
  role: UserJson['role'];
  managerId: string | null;
  /** Empty: stays as it is. */
  password: string;
}

/** Name, role, manager, a new password, and whether the person may sign in at all. */
export function EditPersonDialog({ person, onClose }: { person: UserJson; onClose: () => void }): ReactElement {
  const [asking, setAsking] = useState(false);
  const change = useChange(person, onClose);
  if (asking) {
    return (
      <ConfirmDialog
        opened
        title={t('people.deactivateAsk', { name: person.name })}
        yes={t('people.deactivate')}
        no={t('people.goBack')}
        danger
        busy={change.isPending}
        error={change.error}
        onYes={() => change.mutate({ is_active: false })}
        onNo={() => {
          change.reset();
          setAsking(false);
        }}
      >
        <p>{t('people.deactivation', { name: person.name })}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Modal opened onClose={onClose} title={t('people.edit', { name: person.name })}>
      <Stack>
        <EditForm person={person} change={change} onClose={onClose} />
        <Group className={classes.danger} justify="flex-start">
          {person.is_active && <InviteButton person={person} />}
          {person.is_active ? (
            <Button variant="default" c="var(--bad-ink)" onClick={() => setAsking(true)}>
              {t('people.deactivateAccount')}
            </Button>
          ) : (
            <Button variant="default" loading={change.isPending} onClick={() => change.mutate({ is_active: true })}>
              {t('people.activateAccount')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

/** Mails them the link to set their password, or another one. */
function InviteButton({ person }: { person: UserJson }): ReactElement {
  const inviting = useMutation({
    mutationFn: () => invitePerson(person.id),
    onSuccess: ({ email, delivery }) => {
      if (delivery === 'server') tellDone(t('people.linkSent'), t('people.linkSentMore', { email }));
      else tellWarning(t('people.linkNowhere'), t('people.linkNowhereMore'));
    },
    onError: (error) => tellFailure(t('people.linkNotSent'), error),
  });
  return (
    <Button variant="default" loading={inviting.isPending} onClick={() => inviting.mutate()}>
      {person.is_invited ? t('people.inviteAgain') : t('people.mailLink')}
    </Button>
  );
}

type Change = UseMutationResult<UserJson, Error, ChangeUserRequest>;

function useChange(person: UserJson, onDone: () => void): Change {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ChangeUserRequest) => changePerson(person.id, { ...change, version: person.version }),
    onSuccess: async (changed) => {
      tellDone(t('people.saved'), t('people.savedMore', { name: changed.name }));
      onDone();
      await Promise.all(
        [['people'], ['staff'], ['customers'], ['appointments']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
}

function EditForm(props: { person: UserJson; change: Change; onClose: () => void }): ReactElement {
  const { person, change } = props;
  const client = useQueryClient();
  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: {
      name: person.name,
      phone: person.phone ?? '',
      role: person.role,
      managerId: person.manager_id === null ? null : String(person.manager_id),
      password: '',
    },
    validate: {
      name: (value) => (value.trim() === '' ? t('people.nameMissing') : null),
      phone: phoneFault,
      password: (value) => (value === '' ? null : passwordFault(value)),
    },
  });
  const submit = form.onSubmit((values) =>
    change.mutate(requestOf(values), {
      onError: (error) => form.setErrors(inputFaults(error, INPUTS)),
    }),
  );
  const reload = (): void => {
    void client.invalidateQueries({ queryKey: ['people'] });
    props.onClose();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormProblem error={change.error} inputs={INPUTS} onReload={reload} />
        <TextInput label={t('people.name')} autoComplete="off" data-autofocus {...form.getInputProps('name')} />
        <TextInput label={t('people.phone')} type="tel" autoComplete="off" {...form.getInputProps('phone')} />
        <RoleFields form={form} />
        <TextInput
          label={t('people.newPassword')}
          description={t('people.newPasswordHint')}
          autoComplete="off"
          {...form.getInputProps('password')}
        />
        <DialogButtons back={t('people.keep')} onBack={props.onClose} yes={t('common.save')} busy={change.isPending} />
      </Stack>
    </form>
  );
}

function requestOf({ name, phone, role, managerId, password }: Values): ChangeUserRequest {
  return {
    name: name.trim(),
    phone: phone.trim() || null,
    role,
    manager_id: role === 'staff' && managerId !== null ? Number(managerId) : null,
    ...(password !== '' && { password }),
  };
}
