import { Button, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '../../../lib/use-form.ts';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { DialogButtons } from '../../../components/DialogButtons.tsx';
import { FormProblem } from '../../../components/FormProblem.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { createIntent } from '../../../lib/intent.ts';
import { dayFault } from '../../../lib/last-day.ts';
import { inputFaults } from '../../../lib/problem.ts';
import { BUSINESS } from '../../../lib/business.ts';
import { t } from '../../../lib/t.ts';
import { foreignZone, wallClock } from '../../../lib/time.ts';
import { askReschedule } from '../api/reschedule-request.ts';
import { useAppointmentChange } from '../use-appointment-change.ts';
import classes from './Requests.module.css';

const MOST = 3;

/** Which input shows the fault of which field; those of the API's proposals are named by their place. */
const INPUTS = {
  'times.0.time': ['proposals.0'],
  'times.1.time': ['proposals.1'],
  'times.2.time': ['proposals.2'],
  note: ['note'],
} as const;

interface Values {
  times: { date: string; time: string }[];
  note: string;
}

/** The customer proposes up to three other times. */
export function AskRescheduleDialog(props: { appointment: AppointmentJson; onClose: () => void }): ReactElement {
  const { appointment, onClose } = props;
  const { time_zone: zone } = appointment;
  const [keyFor] = useState(createIntent);
  const { time } = wallClock(appointment.starts_at, zone);
  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: { times: [{ date: '', time }], note: '' },
    validate: {
      times: {
        date: (value) => (value === '' ? t('requests.dayMissing') : dayFault(value)),
        time: (value) => (value === '' ? t('requests.timeMissing') : null),
      },
    },
  });
  const asking = useAppointmentChange({
    appointment,
    run: ({ times, note }: Values) => {
      const wish = {
        proposals: times.map((one) => `${one.date}T${one.time}:00`),
        note: note.trim() === '' ? null : note.trim(),
      };
      return askReschedule(appointment.id, wish, keyFor(wish));
    },
    done: t('requests.sent'),
    message: BUSINESS.isMailed ? t('requests.sentMore') : t('requests.sentMoreHere'),
    onDone: onClose,
  });
  const submit = form.onSubmit((values) =>
    asking.mutate(values, {
      onError: (error) => form.setErrors(inputFaults(error, INPUTS)),
    }),
  );
  const foreign = foreignZone(zone);
  return (
    <Modal opened onClose={onClose} title={t('requests.ask')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <p>{foreign === null ? t('requests.askText') : t('requests.askTextThere', { zone: foreign })}</p>
          <FormProblem error={asking.error} inputs={INPUTS} />
          {form.values.times.map((_, at) => (
            <fieldset key={at} className={classes.proposal}>
              <legend>{choiceName(at)}</legend>
              <TextInput
                label={t('requests.day')}
                type="date"
                data-autofocus={at === form.values.times.length - 1 || undefined}
                {...form.getInputProps(`times.${at}.date`)}
              />
              <TextInput label={t('requests.startsAt')} type="time" {...form.getInputProps(`times.${at}.time`)} />
              {at > 0 && (
                <Button
                  variant="subtle"
                  className={classes.remove}
                  aria-label={t('requests.leaveOut', { choice: choiceName(at) })}
                  onClick={() => form.removeListItem('times', at)}
                >
                  <Icon name="close" size={18} />
                </Button>
              )}
            </fieldset>
          ))}
          {form.values.times.length < MOST && (
            <Button
              variant="subtle"
              className={classes.more}
              leftSection={<Icon name="plus" size={18} />}
              onClick={() => form.insertListItem('times', { date: '', time })}
            >
              {t('requests.more')}
            </Button>
          )}
          <Textarea label={t('requests.note')} autosize minRows={2} maxLength={5000} {...form.getInputProps('note')} />
          <DialogButtons back={t('requests.back')} onBack={onClose} yes={t('requests.send')} busy={asking.isPending} />
        </Stack>
      </form>
    </Modal>
  );
}

function choiceName(at: number): string {
  if (at === 0) return t('requests.choices.first');
  return at === 1 ? t('requests.choices.second') : t('requests.choices.third');
}
