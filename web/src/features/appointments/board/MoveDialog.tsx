import { Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../../src/api-contract/appointments.ts';
import { DialogButtons } from '../../../components/DialogButtons.tsx';
import { FormProblem } from '../../../components/FormProblem.tsx';
import { t } from '../../../lib/t.ts';
import { wallClock } from '../../../lib/time.ts';
import { assignStaff, changeAppointment } from '../api/change-appointment.ts';
import { NowShown } from '../NowShown.tsx';
import { OddTime } from '../OddTime.tsx';
import { useClashes } from '../use-clashes.ts';
import { staffChoices } from '../staff-choices.ts';
import { useAppointmentChange, type Changed } from '../use-appointment-change.ts';
import { useOddTime } from '../use-odd-time.ts';
import { visitName } from './board-words.ts';
import { newStart, newTeam, type MoveWish } from './move-request.ts';
import type { Drop } from './WeekBoard.tsx';
import classes from './WeekBoard.module.css';

/** Asks before a visit is moved to another person, day or time, and says who is free then. */
export function MoveDialog(props: {
  drop: Drop;
  staff: readonly { id: number; name: string }[];
  onClose: () => void;
}): ReactElement {
  const { drop, onClose } = props;
  const { appointment } = drop;
  const [wish, setWish] = useState<MoveWish>(() => wishOf(drop));
  const clashes = useClashes(appointment, { date: wish.date, time: wish.time });
  const doubt = useOddTime(appointment, wish);
  const change = useAppointmentChange({
    appointment,
    run: (wanted: MoveWish, shown, know) => move(shown, drop.from.id, wanted, know),
    done: t('board.moved'),
    onDone: onClose,
    // Who only wanted another person does not want the former time back.
    onConflict: (current, before) => {
      if (newStart(before, wish) === null) setWish({ ...wish, ...wallClock(current.starts_at, current.time_zone) });
    },
  });
  const set = (more: Partial<MoveWish>): void => {
    change.reset();
    setWish({ ...wish, ...more });
  };
  const clash = wish.person === '' ? null : clashes.wordsFor(Number(wish.person));
  return (
    <Modal opened onClose={onClose} title={t('board.moveVisit', { visit: visitName(appointment) })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!doubt.asksFirst()) change.mutate(wish);
        }}
      >
        <Stack>
          <FormProblem error={change.error} now={<NowShown appointment={change.shown} />} />
          <Select
            label={t('board.person')}
            value={wish.person}
            onChange={(person) => set({ person: person ?? '' })}
            allowDeselect={false}
            data={[{ value: '', label: t('board.nobody') }, ...staffChoices(props.staff, change.shown)]}
            renderOption={({ option }) => (
              <span className={classes.option}>
                <span>{option.label}</span>
                {option.value !== '' && (
                  <small>{clashes.wordsFor(Number(option.value)) ?? t('appointments.change.free')}</small>
                )}
              </span>
            )}
          />
          <TextInput
            label={t('appointments.change.day')}
            type="date"
            required
            withAsterisk={false}
            value={wish.date}
            onChange={(event) => set({ date: event.currentTarget.value })}
          />
          <TextInput
            label={t('appointments.change.time')}
            type="time"
            required
            withAsterisk={false}
            description={t('appointments.change.timeHint', { zone: appointment.time_zone })}
            value={wish.time}
            onChange={(event) => set({ time: event.currentTarget.value })}
          />
          <p role="status" className={classes.free}>
            {wish.person !== '' && (clash === null ? t('board.freeThen') : t('board.notFree', { clash }))}
          </p>
          <OddTime doubt={doubt} />
          <DialogButtons
            back={t('appointments.change.keep')}
            onBack={onClose}
            yes={doubt.isAsking ? t('appointments.change.pastYes') : t('board.moveNow')}
            busy={change.isPending}
            focused
          />
        </Stack>
      </form>
    </Modal>
  );
}

function wishOf({ appointment, to, date }: Drop): MoveWish {
  const { time } = wallClock(appointment.starts_at, appointment.time_zone);
  return { date, time, person: to.id === null ? '' : String(to.id) };
}

/** Time first: a refused time leaves the team as it was. */
async function move(
  shown: AppointmentJson,
  from: number | null,
  wish: MoveWish,
  know: (appointment: AppointmentJson) => void,
): Promise<Changed> {
  const startsAt = newStart(shown, wish);
  const team = newTeam(shown, from, wish.person);
  let changed: Changed = shown;
  if (startsAt !== null) {
    changed = await changeAppointment(shown.id, { starts_at: startsAt, version: shown.version });
    know(changed);
  }
  if (team !== null) changed = await assignStaff(shown.id, { staff_ids: team, version: changed.version });
  return changed;
}
