import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import { teamWords } from '../../components/appointment-words.ts';
import { Icon } from '../../components/Icon.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';
import { useTicking } from '../../lib/ticking.ts';
import { useUser } from '../../lib/user.ts';
import { absenceDuring, absentDaysWords } from './absence.ts';
import { absencesAroundQuery } from './api/absence.ts';
import { AssignDialog } from './AssignDialog.tsx';

/** Tells those who plan that somebody of the team can't come, and leads to finding somebody else. */
export function AbsenceNotice({ appointment }: { appointment: AppointmentJson }): ReactElement | null {
  const { role } = useUser();
  const isOver = useTicking(() => Number(Date.parse(appointment.ends_at) <= Date.now())) === 1;
  const needed = (role === 'manager' || role === 'admin') && appointment.status === 'scheduled' && !isOver;
  const [open, setOpen] = useState(false);
  const absences = useQuery({ ...absencesAroundQuery(appointment), enabled: needed });
  const missing = appointment.staff.flatMap(({ id, name, absence }) => {
    const days = absenceDuring(appointment, id, absences.data ?? []);
    if (absence === undefined && days === undefined) return [];
    const words = days === undefined ? null : absentDaysWords({ ...days, note: null });
    return [{ id, name, days: words, note: absence?.note ?? days?.note ?? null }];
  });
  return (
    <>
      {needed && missing.length > 0 && (
        <StatusStrip
          tone="warn"
          icon="alert"
          title={t('appointments.absence.noticeTitle', { count: missing.length, name: missing[0]?.name ?? '' })}
          action={
            <Button variant="default" leftSection={<Icon name="people" size={18} />} onClick={() => setOpen(true)}>
              {t('appointments.absence.assignElse')}
            </Button>
          }
        >
          {missing.map((one) => (
            <p key={one.id}>{reasonWords(one, missing.length > 1)}</p>
          ))}
          <p>{t('appointments.absence.noticeNext')}</p>
        </StatusStrip>
      )}
      {/* Stays when somebody else has solved it meanwhile: what was chosen is not lost without a word. */}
      {open && <AssignDialog appointment={appointment} onClose={() => setOpen(false)} />}
    </>
  );
}

interface Missing {
  name: string;
  /** On which days, when that was said of whole days. */
  days: string | null;
  note: string | null;
}

/** `Sarah Miller can’t come from … to …: Fever`, as far as the title does not say it. */
function reasonWords({ name, days, note }: Missing, named: boolean): string | null {
  if (days !== null) return note === null ? `${name} ${days}` : `${name} ${days}: ${note}`;
  return named ? teamWords([{ id: 0, name, absence: { since: '', note } }]) : note;
}
