import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import { useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState, type ComponentProps, type ReactElement } from 'react';
import type { ChangeUserRequest, InvitationJson, UserJson } from '../../../../src/api-contract/users.ts';
import { DialogButtons } from '../../components/DialogButtons.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { useSession } from '../../lib/browser-session.ts';
import { BUSINESS } from '../../lib/business.ts';
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
  /** Empty: stays as it is. */
  password: string;
}

/** Name, address, role, manager, a new password, and whether the person may sign in at all. */
export function EditPersonDialog({ person, onClose }: { person: UserJson; onClose: () => void }): ReactElement {
  const [asking, setAsking] = useState(false);
  const [readdressed, setReaddressed] = useState<UserJson | null>(null);
  const change = useChange(person, (changed) => {
    if (changed.email !== person.email && changed.is_invited && changed.is_active) setReaddressed(changed);
    else onClose();
  });
  if (readdressed !== null) return <Readdressed person={readdressed} former={person.email} onClose={onClose} />;
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
  const inviting = useInvitation(person);
  return (
    <Button variant="default" loading={inviting.isPending} onClick={() => inviting.mutate()}>
      {person.is_invited ? t('people.inviteAgain') : t('people.mailLink')}
    </Button>
  );
}

function useInvitation(person: UserJson, onSent?: () => void): UseMutationResult<InvitationJson, Error, void> {
  return useMutation({
    mutationFn: () => invitePerson(person.id),
    onSuccess: ({ email, delivery }) => {
      if (delivery === 'server') tellDone(t('people.linkSent'), t('people.linkSentMore', { email }));
      else tellWarning(t('people.linkNowhere'), t('people.linkNowhereMore'));
      onSent?.();
    },
    onError: (error) => tellFailure(t('people.linkNotSent'), error),
  });
}

/** Whose invitation went to another address is invited once more. */
function Readdressed(props: { person: UserJson; former: string; onClose: () => void }): ReactElement {
  const { person, former, onClose } = props;
  const inviting = useInvitation(person, onClose);
  return (
    <Modal opened onClose={onClose} title={person.name}>
      <Stack>
        <div role="status">
          <StatusStrip tone="good" icon="check" title={t('people.emailChanged')}>
            <p>{t('people.emailChangedMore', { former, email: person.email })}</p>
          </StatusStrip>
        </div>
        <DialogButtons
          back={t('common.done')}
          onBack={onClose}
          yes={t('people.inviteAgain')}
          onYes={() => inviting.mutate()}
          busy={inviting.isPending}
          focused
        />
      </Stack>
    </Modal>
  );
}

type Change = UseMutationResult<UserJson, Error, ChangeUserRequest>;

function useChange(person: UserJson, onDone: (changed: UserJson) => void): Change {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ChangeUserRequest) => changePerson(person.id, { ...change, version: person.version }),
    onSuccess: async (changed) => {
      tellDone(t('people.saved'), t('people.savedMore', { name: changed.name }));
      onDone(changed);
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
      email: person.email,
      phone: person.phone ?? '',
      role: person.role,
      managerId: person.manager_id === null ? null : String(person.manager_id),
      password: '',
    },
    validate: {
      name: (value) => (value.trim() === '' ? t('people.nameMissing') : null),
      // One that was kept from before does not stand in the way of other changes.
      email: (value) => (value === person.email || /^\S+@\S+$/.test(value.trim()) ? null : t('people.emailWrong')),
      phone: phoneFault,
      password: (value) => (value === '' ? null : passwordFault(value)),
    },
  });
  const submit = form.onSubmit((values) =>
    change.mutate(requestOf(values, person), {
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
        <EmailInput person={person} isChanged={form.isDirty('email')} {...form.getInputProps('email')} />
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

/** Says what a change does, once there is one. One's own is changed with one's password, on the page of one's account. */
function EmailInput(props: ComponentProps<typeof TextInput> & { person: UserJson; isChanged: boolean }): ReactElement {
  const { person, isChanged, ...input } = props;
  const session = useSession();
  const isOwn = session.kind === 'signed_in' && session.user.id === person.id;
  const ofUsed = BUSINESS.isMailed ? t('people.emailHint') : t('people.emailHintNoMail');
  const ofChange = person.is_invited ? t('people.emailHintInvited') : ofUsed;
  return (
    <TextInput
      label={t('people.email')}
      type="email"
      autoComplete="off"
      readOnly={isOwn}
      description={isOwn ? t('people.emailOwn') : isChanged && ofChange}
      {...input}
    />
  );
}

function requestOf({ name, email, phone, role, managerId, password }: Values, person: UserJson): ChangeUserRequest {
  return {
    name: name.trim(),
    // Absent when it stays: administrators may not name their own here.
    ...(email.trim() !== person.email && { email: email.trim() }),
    phone: phone.trim() || null,
    role,
    manager_id: role === 'staff' && managerId !== null ? Number(managerId) : null,
    ...(password !== '' && { password }),
  };
}
