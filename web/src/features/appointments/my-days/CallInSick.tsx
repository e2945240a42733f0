import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { FormProblem } from '../../../components/FormProblem.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { sortFieldErrors } from '../../../lib/field-errors.ts';
import { Problem } from '../../../lib/problem.ts';
import { tellDone } from '../../../lib/tell.ts';
import type { IsoDate } from '../../../lib/week.ts';
import { reportAbsentDays } from '../api/absence.ts';
import { sickWords } from './day-words.ts';

const INPUTS = { from: ['from'], until: ['until'], note: ['note'] } as const;

/** Says once, for all visits of some days, that one can't come. `day`: the one that is looked at. */
export function CallInSick({ day }: { day: IsoDate }): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<Icon name="alert" size={18} />} onClick={() => setOpen(true)}>
        I’m ill
      </Button>
      {open && <SickDialog day={day} onClose={() => setOpen(false)} />}
    </>
  );
}

function SickDialog({ day, onClose }: { day: IsoDate; onClose: () => void }): ReactElement {
  const client = useQueryClient();
  const form = useForm({
    mode: 'controlled',
    initialValues: { from: day, until: day, note: '' },
    validate: {
      from: (value) => (value === '' ? 'Choose a day.' : null),
      until: (value, { from }) => (value === '' || value < from ? 'Choose the first day or a later one.' : null),
    },
  });
  const report = useMutation({
    mutationFn: ({ from, until, note }: typeof form.values) =>
      reportAbsentDays({ from, until, note: note.trim() === '' ? null : note.trim() }),
    onSuccess: async ({ items }) => {
      onClose();
      tellDone('Get well soon', sickWords(items.length));
      await client.invalidateQueries({ queryKey: ['appointments'] });
    },
    onError: (error) => {
      if (error instanceof Problem) form.setErrors(sortFieldErrors(error.fields, INPUTS).byInput);
    },
  });
  return (
    <Modal opened onClose={onClose} title="You can’t come for whole days?">
      <form onSubmit={form.onSubmit((values) => report.mutate(values))} noValidate>
        <Stack>
          <p>
            The office is told once for all your visits of these days, and finds somebody else. They stay in your list
            and calendar until then.
          </p>
          <FormProblem error={report.error} inputs={INPUTS} />
          <Group grow align="flex-start">
            <TextInput label="From" type="date" data-autofocus {...form.getInputProps('from')} />
            <TextInput label="Until" type="date" {...form.getInputProps('until')} />
          </Group>
          <Textarea
            label="Why (optional)"
            description="Only your manager and the administrators read it."
            autosize
            minRows={2}
            maxLength={5000}
            {...form.getInputProps('note')}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              Go back
            </Button>
            <Button type="submit" loading={report.isPending}>
              Tell the office
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
