import { Modal, MultiSelect, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { DialogButtons } from '../../components/DialogButtons.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { Failure, Loading } from '../../components/Notices.tsx';
import { t } from '../../lib/t.ts';
import { assignStaff } from './api/change-appointment.ts';
import classes from './AssignDialog.module.css';
import { staffQuery } from './api/list-staff.ts';
import { NowShown } from './NowShown.tsx';
import { staffChoices } from './staff-choices.ts';
import { useAppointmentChange } from './use-appointment-change.ts';
import { useClashes } from './use-clashes.ts';

/** Chooses the team of an appointment; the first one leads. */
export function AssignDialog(props: { appointment: AppointmentJson; onClose: () => void }): ReactElement {
  const staff = useQuery(staffQuery());
  return (
    <Modal opened onClose={props.onClose} title={t('appointments.change.assign')}>
      {staff.isPending && <Loading words={t('appointments.change.staffLoading')} />}
      {staff.isError && (
        <Failure
          title={t('appointments.change.staffNotShown')}
          error={staff.error}
          onRetry={() => void staff.refetch()}
        />
      )}
      {staff.isSuccess && <AssignForm {...props} staff={staff.data} />}
    </Modal>
  );
}

function AssignForm(props: {
  appointment: AppointmentJson;
  staff: readonly { id: number; name: string }[];
  onClose: () => void;
}): ReactElement {
  const { appointment, onClose } = props;
  const [team, setTeam] = useState(() => teamOf(appointment));
  const clashes = useClashes(appointment);
  const [opened, { open, close }] = useDisclosure(false);
  // The open list lies over the buttons; whoever wants more people opens it again.
  const choose = (next: string[]): void => {
    if (next.length > team.length) close();
    setTeam(next);
  };
  const change = useAppointmentChange({
    appointment,
    run: (ids: readonly string[], shown) =>
      assignStaff(appointment.id, { staff_ids: ids.map(Number), version: shown.version }),
    done: t('appointments.change.teamSaved'),
    onDone: onClose,
    onConflict: (current, before) => {
      if (team.join() === teamOf(before).join()) setTeam(teamOf(current));
    },
  });
  return (
    <Stack>
      <FormProblem error={change.error} now={<NowShown appointment={change.shown} />} />
      <MultiSelect
        size="md"
        label={t('appointments.change.team')}
        description={t('appointments.change.teamHint')}
        placeholder={team.length === 0 ? t('appointments.change.choosePeople') : undefined}
        value={team}
        onChange={choose}
        dropdownOpened={opened}
        onDropdownOpen={open}
        onDropdownClose={close}
        data={staffChoices(props.staff, change.shown)}
        renderOption={({ option }) => (
          <span className={classes.option}>
            <span>{option.label}</span>
            <small>{clashes.wordsFor(Number(option.value)) ?? t('appointments.change.free')}</small>
          </span>
        )}
        searchable
        hidePickedOptions
        nothingFoundMessage={t('appointments.change.nobodyFound')}
        data-autofocus
      />
      <DialogButtons
        back={t('appointments.change.keep')}
        onBack={onClose}
        yes={t('appointments.change.saveTeam')}
        busy={change.isPending}
        onYes={() => change.mutate(team)}
      />
    </Stack>
  );
}

function teamOf({ staff }: AppointmentJson): string[] {
  return staff.map(({ id }) => String(id));
}
