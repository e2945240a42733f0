import { Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '../../lib/use-form.ts';
import type { ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { DialogButtons } from '../../components/DialogButtons.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { dayFault } from '../../lib/last-day.ts';
import { wholeFault } from '../../lib/numbers.ts';
import { inputFaults } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { wallClock } from '../../lib/time.ts';
import { changeAppointment } from './api/change-appointment.ts';
import { NowShown } from './NowShown.tsx';
import { OddTime } from './OddTime.tsx';
import { useAppointmentChange } from './use-appointment-change.ts';
import { useOddTime } from './use-odd-time.ts';

const INPUTS = { date: [], time: ['starts_at'], window: ['arrival_window_minutes'] } as const;

/** A day, as the API has it. */
const LONGEST_WINDOW = 1440;

interface Values {
  date: string;
  time: string;
  /** Minutes; empty text for exact arrival. */
  window: number | string;
}

/** Moves an appointment; its length stays. Wall times are those of the appointment's own place. */
export function RescheduleDialog(props: { appointment: AppointmentJson; onClose: () => void }): ReactElement {
  const { appointment, onClose } = props;
  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: valuesOf(appointment),
    validate: {
      date: (value) => (value === '' ? t('appointments.change.dayMissing') : dayFault(value)),
      time: (value) => (value === '' ? t('appointments.change.timeMissing') : null),
      window: (value) => (value === '' ? null : wholeFault(value, 0, LONGEST_WINDOW)),
    },
  });
  const doubt = useOddTime(appointment, form.values);
  const change = useAppointmentChange({
    appointment,
    run: (values: Values, shown) =>
      changeAppointment(appointment.id, {
        starts_at: `${values.date}T${values.time}:00`,
        arrival_window_minutes: values.window === '' ? null : Number(values.window),
        version: shown.version,
      }),
    done: t('appointments.change.rescheduled'),
    onDone: onClose,
    onConflict: (current, before) => form.setValues(rebased(form.getValues(), valuesOf(before), valuesOf(current))),
  });
  const submit = form.onSubmit((values) => {
    if (doubt.asksFirst()) return;
    change.mutate(values, {
      onError: (error) => form.setErrors(inputFaults(error, INPUTS)),
    });
  });
  return (
    <Modal opened onClose={onClose} title={t('appointments.change.reschedule')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormProblem error={change.error} inputs={INPUTS} now={<NowShown appointment={change.shown} />} />
          <TextInput label={t('appointments.change.day')} type="date" data-autofocus {...form.getInputProps('date')} />
          <TextInput
            label={t('appointments.change.time')}
            type="time"
            description={t('appointments.change.timeHint', { zone: appointment.time_zone })}
            {...form.getInputProps('time')}
          />
          <NumberField
            label={t('appointments.change.window')}
            description={t('appointments.change.windowHint')}
            min={0}
            max={LONGEST_WINDOW}
            step={15}
            {...form.getInputProps('window')}
          />
          <OddTime doubt={doubt} />
          <DialogButtons
            back={t('appointments.change.keep')}
            onBack={onClose}
            yes={doubt.isAsking ? t('appointments.change.pastYes') : t('appointments.change.saveTime')}
            busy={change.isPending}
          />
        </Stack>
      </form>
    </Modal>
  );
}

/** What was typed stays; what was not follows the appointment. A day and its time belong together. */
function rebased(typed: Values, before: Values, current: Values): Values {
  const moved = typed.date !== before.date || typed.time !== before.time;
  return {
    ...(moved ? { date: typed.date, time: typed.time } : { date: current.date, time: current.time }),
    window: typed.window === before.window ? current.window : typed.window,
  };
}

function valuesOf(appointment: AppointmentJson): Values {
  const { date, time } = wallClock(appointment.starts_at, appointment.time_zone);
  return { date, time, window: appointment.arrival_window_minutes ?? '' };
}
