import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '../../../lib/use-form.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { DialogButtons } from '../../../components/DialogButtons.tsx';
import { FormProblem } from '../../../components/FormProblem.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { inputFaults } from '../../../lib/problem.ts';
import { t } from '../../../lib/t.ts';
import { tellDone } from '../../../lib/tell.ts';
import { useMutation } from '../../../lib/use-mutation.ts';
import type { IsoDate } from '../../../lib/week.ts';
import { reportAbsentDays } from '../api/absence.ts';

const INPUTS = { from: ['from'], until: ['until'], note: ['note'] } as const;

/** Says once, for all visits of some days, that one can't come. `day`: the one that is looked at. */
export function CallInSick({ day }: { day: IsoDate }): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<Icon name="alert" size={18} />} onClick={() => setOpen(true)}>
        {t('myDays.ill.button')}
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
      from: (value) => (value === '' ? t('myDays.ill.fromMissing') : null),
      until: (value, { from }) => (value === '' || value < from ? t('myDays.ill.untilWrong') : null),
    },
  });
  const report = useMutation({
    mutationFn: ({ from, until, note }: typeof form.values) =>
      reportAbsentDays({ from, until, note: note.trim() === '' ? null : note.trim() }),
    onSuccess: async ({ items }) => {
      onClose();
      tellDone(t('myDays.ill.done'), t('myDays.ill.doneMore', { visits: items.length }));
      await Promise.all([
        client.invalidateQueries({ queryKey: ['appointments'] }),
        client.invalidateQueries({ queryKey: ['absences'] }),
      ]);
    },
    onError: (error) => form.setErrors(inputFaults(error, INPUTS)),
  });
  return (
    <Modal opened onClose={onClose} title={t('myDays.ill.title')}>
      <form onSubmit={form.onSubmit((values) => report.mutate(values))} noValidate>
        <Stack>
          <p>{t('myDays.ill.text')}</p>
          <FormProblem error={report.error} inputs={INPUTS} />
          <Group grow align="flex-start">
            <TextInput label={t('myDays.ill.from')} type="date" data-autofocus {...form.getInputProps('from')} />
            <TextInput label={t('myDays.ill.until')} type="date" {...form.getInputProps('until')} />
          </Group>
          <Textarea
            label={t('appointments.absence.why')}
            description={t('appointments.absence.whyHint')}
            autosize
            minRows={2}
            maxLength={5000}
            {...form.getInputProps('note')}
          />
          <DialogButtons
            back={t('appointments.change.goBack')}
            onBack={onClose}
            yes={t('appointments.absence.yes')}
            busy={report.isPending}
          />
        </Stack>
      </form>
    </Modal>
  );
}
