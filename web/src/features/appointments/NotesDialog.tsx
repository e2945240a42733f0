import { Modal, Stack, Textarea } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { DialogButtons } from '../../components/DialogButtons.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { changeAppointment } from './api/change-appointment.ts';
import { useAppointmentChange } from './use-appointment-change.ts';

const INPUTS = { notes: ['notes'], internal: ['internal_notes'] } as const;

/** What the team should know of a visit, and what only the office should. */
export function NotesDialog(props: { appointment: AppointmentJson; onClose: () => void }): ReactElement {
  const { appointment, onClose } = props;
  const form = useForm({ mode: 'controlled', initialValues: valuesOf(appointment) });
  const change = useAppointmentChange({
    appointment,
    run: ({ notes, internal }: ReturnType<typeof valuesOf>, shown) =>
      changeAppointment(shown.id, {
        notes: notes.trim() || null,
        internal_notes: internal.trim() || null,
        version: shown.version,
      }),
    done: t('appointments.change.notesSaved'),
    onDone: onClose,
  });
  const reload = (): void => {
    form.setValues(valuesOf(change.shown));
    change.reset();
  };
  const submit = form.onSubmit((values) =>
    change.mutate(values, { onError: (error) => form.setErrors(inputFaults(error, INPUTS)) }),
  );
  return (
    <Modal opened onClose={onClose} title={t('appointments.change.notes')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormProblem
            error={change.error}
            inputs={INPUTS}
            now={<NotesNow {...valuesOf(change.shown)} />}
            onReload={reload}
          />
          <Textarea
            label={t('appointments.one.notes')}
            description={t('appointments.change.notesHint')}
            autosize
            minRows={3}
            maxRows={12}
            data-autofocus
            {...form.getInputProps('notes')}
          />
          <Textarea
            label={t('appointments.one.internalNotes')}
            description={t('appointments.change.internalHint')}
            autosize
            minRows={3}
            maxRows={12}
            {...form.getInputProps('internal')}
          />
          <DialogButtons
            back={t('appointments.change.keep')}
            onBack={onClose}
            yes={t('appointments.change.saveNotes')}
            busy={change.isPending}
          />
        </Stack>
      </form>
    </Modal>
  );
}

function valuesOf({ notes, internal_notes: internal }: AppointmentJson): { notes: string; internal: string } {
  return { notes: notes ?? '', internal: internal ?? '' };
}

function NotesNow({ notes, internal }: ReturnType<typeof valuesOf>): ReactElement {
  return (
    <>
      <p>{t('common.form.isNow')}</p>
      {[notes, internal].filter(Boolean).map((text) => (
        <p key={text}>
          <strong>{text}</strong>
        </p>
      ))}
    </>
  );
}
