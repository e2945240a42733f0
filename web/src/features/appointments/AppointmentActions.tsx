import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import type { IconName } from '../../components/Icon.tsx';
import { Icon } from '../../components/Icon.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { t } from '../../lib/t.ts';
import { useTicking } from '../../lib/ticking.ts';
import { useUser } from '../../lib/user.ts';
import { AssignDialog } from './AssignDialog.tsx';
import classes from './AppointmentPage.module.css';
import { isAbsent } from './absence.ts';
import { CannotComeDialog } from './CannotComeDialog.tsx';
import { CloseDialog } from './CloseDialog.tsx';
import { NotesDialog } from './NotesDialog.tsx';
import { AskRescheduleDialog } from './requests/AskRescheduleDialog.tsx';
import { RescheduleDialog } from './RescheduleDialog.tsx';

type Action = 'cannot-come' | 'can-come' | 'reschedule' | 'assign' | 'notes' | 'complete' | 'no-show' | 'cancel';

const ICONS: Readonly<Record<Action, IconName>> = {
  'cannot-come': 'alert',
  'can-come': 'check',
  reschedule: 'calendar',
  assign: 'people',
  notes: 'note',
  complete: 'check',
  'no-show': 'alert',
  cancel: 'cross',
};

/** What the reader may do with a scheduled appointment; the API has the last word. */
export function AppointmentActions({ appointment }: { appointment: AppointmentJson }): ReactElement | null {
  const { role, id: userId } = useUser();
  const [open, setOpen] = useState<Action | null>(null);
  const phase = usePhase(appointment);
  // A dialog stays open when somebody else ends the appointment: what was typed is not lost without a word.
  if (appointment.status !== 'scheduled' && open === null) return null;
  // Also staff, of a cleaning that they ordered for their own home; they see no orders.
  if (appointment.role === 'customer')
    return <CustomerActions appointment={appointment} withOrder={role === 'customer'} />;
  const absence = isAbsent(appointment, userId) ? 'can-come' : 'cannot-come';
  const actions: Action[] =
    role === 'staff'
      ? [...ifAny<Action>(phase !== 'ahead', 'complete'), ...ifAny<Action>(phase !== 'over', absence)]
      : ['reschedule', 'assign', 'notes', ...ifAny<Action>(phase !== 'ahead', 'complete', 'no-show'), 'cancel'];
  const close = (): void => setOpen(null);
  return (
    <div className={classes.actions}>
      {actions.map((action) => (
        <Button
          key={action}
          variant={action === 'complete' && role === 'staff' ? 'filled' : 'default'}
          c={action === 'cancel' ? 'var(--bad-ink)' : undefined}
          leftSection={<Icon name={ICONS[action]} size={18} />}
          onClick={() => setOpen(action)}
        >
          {t(`appointments.change.${action}`)}
        </Button>
      ))}
      {(open === 'cannot-come' || open === 'can-come') && (
        <CannotComeDialog appointment={appointment} onClose={close} />
      )}
      {open === 'reschedule' && <RescheduleDialog appointment={appointment} onClose={close} />}
      {open === 'notes' && <NotesDialog appointment={appointment} onClose={close} />}
      {open === 'assign' && <AssignDialog appointment={appointment} onClose={close} />}
      {(open === 'complete' || open === 'no-show' || open === 'cancel') && (
        <CloseDialog appointment={appointment} how={open} onClose={close} />
      )}
    </div>
  );
}

/** Where its time is now. Nobody says that it is done before it begins, or that they can't come once it is over. */
function usePhase({ starts_at, ends_at }: AppointmentJson): 'ahead' | 'running' | 'over' {
  return useTicking(() => {
    const now = Date.now();
    if (now < Date.parse(starts_at)) return 'ahead';
    return now < Date.parse(ends_at) ? 'running' : 'over';
  });
}

function ifAny<Item>(condition: boolean, ...items: Item[]): Item[] {
  return condition ? items : [];
}

function CustomerActions(props: { appointment: AppointmentJson; withOrder: boolean }): ReactElement | null {
  const { appointment, withOrder } = props;
  const [open, setOpen] = useState(false);
  const waits = appointment.reschedule_request?.state === 'open';
  const phase = usePhase(appointment);
  if (phase === 'over' && !open) return null;
  return (
    <div className={classes.actions}>
      {!waits && phase === 'ahead' && (
        <Button variant="default" leftSection={<Icon name="calendar" size={18} />} onClick={() => setOpen(true)}>
          {t('requests.ask')}
        </Button>
      )}
      {withOrder && phase !== 'over' && (
        <p>
          {t('appointments.change.plansChanged')}{' '}
          <TextLink to="/orders/$id" params={{ id: appointment.order_id }} underline="always">
            {t('appointments.change.order', { id: String(appointment.order_id) })}
          </TextLink>
        </p>
      )}
      {open && <AskRescheduleDialog appointment={appointment} onClose={() => setOpen(false)} />}
    </div>
  );
}
