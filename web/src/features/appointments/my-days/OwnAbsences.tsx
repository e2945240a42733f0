import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { AbsenceJson } from '../../../../../src/api-contract/appointments.ts';
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { StatusStrip } from '../../../components/StatusTag.tsx';
import { t } from '../../../lib/t.ts';
import { tellDone } from '../../../lib/tell.ts';
import { formatShortDay } from '../../../lib/time.ts';
import { useMutation } from '../../../lib/use-mutation.ts';
import { useUser } from '../../../lib/user.ts';
import { noonOf, type IsoDate } from '../../../lib/week.ts';
import { absencesQuery, takeBackAbsentDays } from '../api/absence.ts';
import classes from './MyDays.module.css';

/** On which of the days that are looked at the reader can't come, as they have said, and that they can after all. */
export function OwnAbsences(props: { from: IsoDate; until: IsoDate; today: IsoDate }): ReactElement | null {
  const { from, until, today } = props;
  const { id: userId } = useUser();
  const query = useQuery(absencesQuery({ from, until }));
  const own = (query.data ?? []).filter((one) => one.user_id === userId);
  if (own.length === 0) return null;
  return (
    <div className={classes.absences}>
      {own.map((absence) => (
        <OwnAbsence key={absence.from} absence={absence} today={today} />
      ))}
    </div>
  );
}

function OwnAbsence({ absence, today }: { absence: AbsenceJson; today: IsoDate }): ReactElement {
  const [open, setOpen] = useState(false);
  const days = { from: absence.from < today ? today : absence.from, until: absence.until };
  return (
    <StatusStrip
      tone="warn"
      icon="alert"
      title={saidWords(absence)}
      action={
        // What is over stays as it was.
        absence.until >= today && (
          <Button variant="default" leftSection={<Icon name="check" size={18} />} onClick={() => setOpen(true)}>
            {t('myDays.ill.again')}
          </Button>
        )
      }
    >
      {absence.note && <p>{absence.note}</p>}
      {open && <AgainDialog days={days} onClose={() => setOpen(false)} />}
    </StatusStrip>
  );
}

function AgainDialog(props: { days: { from: IsoDate; until: IsoDate }; onClose: () => void }): ReactElement {
  const { days, onClose } = props;
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: () => takeBackAbsentDays(days),
    onSuccess: async () => {
      onClose();
      tellDone(t('appointments.absence.doneAfterAll'), t('appointments.absence.doneAfterAllMore'));
      await Promise.all([
        client.invalidateQueries({ queryKey: ['appointments'] }),
        client.invalidateQueries({ queryKey: ['absences'] }),
      ]);
    },
  });
  return (
    <ConfirmDialog
      opened
      title={t('myDays.ill.againTitle')}
      yes={t('appointments.absence.yesAfterAll')}
      no={t('appointments.change.goBack')}
      busy={change.isPending}
      error={change.error}
      onYes={() => change.mutate()}
      onNo={onClose}
    >
      <p>
        <strong>{saidWords(days)}.</strong>
      </p>
      <p>{t('myDays.ill.againText')}</p>
    </ConfirmDialog>
  );
}

function saidWords({ from, until }: { from: IsoDate; until: IsoDate }): string {
  const day = (date: IsoDate): string => formatShortDay(noonOf(date), 'UTC');
  if (from === until) return t('myDays.ill.saidOn', { day: day(from) });
  return t('myDays.ill.saidFrom', { from: day(from), until: day(until) });
}
