import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { FormProblem } from '../../components/FormProblem.tsx';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { changeAppointment } from './api/change-appointment.ts';
import { appointmentQuery, getAppointment } from './api/get-appointment.ts';
import { useAppointmentChange } from './use-appointment-change.ts';

const INPUTS = { notes: ['notes'], internal: ['internal_notes'] } as const;

/** What the team should know of a visit, and what only the office should. */
export function NotesDialog(props: { appointment: AppointmentJson; onClose: () => void }): ReactElement {
  const { onClose } = props;
  // What others save meanwhile must not be overwritten unseen.
  const [opened, setOpened] = useState(props.appointment);
  const client = useQueryClient();
  const form = useForm({ mode: 'controlled', initialValues: valuesOf(opened) });
  const change = useAppointmentChange({
    id: opened.id,
    run: ({ notes, internal }: ReturnType<typeof valuesOf>) =>
      changeAppointment(opened.id, {
        notes: notes.trim() || null,
        internal_notes: internal.trim() || null,
        version: opened.version,
      }),
    done: t('appointments.change.notesSaved'),
    onDone: onClose,
  });
  const reload = async (): Promise<void> => {
    const current = await getAppointment(opened.id);
    client.setQueryData(appointmentQuery(opened.id).queryKey, current);
    setOpened(current);
    form.setValues(valuesOf(current));
    change.reset();
  };
  const submit = form.onSubmit((values) =>
    change.mutate(values, { onError: (error) => form.setErrors(inputFaults(error, INPUTS)) }),
  );
  return (
    <Modal opened onClose={onClose} title={t('appointments.change.notes')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormProblem error={change.error} inputs={INPUTS} onReload={() => void reload()} />
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
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('appointments.change.keep')}
            </Button>
            <Button type="submit" loading={change.isPending}>
              {t('appointments.change.saveNotes')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function valuesOf({ notes, internal_notes: internal }: AppointmentJson): { notes: string; internal: string } {
  return { notes: notes ?? '', internal: internal ?? '' };
}
