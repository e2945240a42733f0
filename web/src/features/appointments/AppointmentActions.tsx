import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import type { IconName } from '../../components/Icon.tsx';
import { Icon } from '../../components/Icon.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { t } from '../../lib/t.ts';
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

/**
 * What the reader may do with a scheduled appointment; the API has the last word. `calm`: nothing of it is what they
 * have to do next.
 */
export function AppointmentActions(props: { appointment: AppointmentJson; calm?: boolean }): ReactElement | null {
  const { appointment, calm = false } = props;
  const { role, id: userId } = useUser();
  const [open, setOpen] = useState<Action | null>(null);
  // A dialog stays open when somebody else ends the appointment: what was typed is not lost without a word.
  if (appointment.status !== 'scheduled' && open === null) return null;
  // Also staff, of a cleaning that they ordered for their own home; they see no orders.
  if (appointment.role === 'customer')
    return <CustomerActions appointment={appointment} withOrder={role === 'customer'} />;
  const actions: Action[] =
    role === 'staff'
      ? ['complete', isAbsent(appointment, userId) ? 'can-come' : 'cannot-come']
      : ['reschedule', 'assign', 'notes', 'complete', 'no-show', 'cancel'];
  const close = (): void => setOpen(null);
  return (
    <div className={classes.actions}>
      {actions.map((action) => (
        <Button
          key={action}
          variant={action === 'complete' && role === 'staff' && !calm ? 'filled' : 'default'}
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

function CustomerActions(props: { appointment: AppointmentJson; withOrder: boolean }): ReactElement {
  const { appointment, withOrder } = props;
  const [open, setOpen] = useState(false);
  const waits = appointment.reschedule_request?.state === 'open';
  const begun = Date.parse(appointment.starts_at) <= Date.now();
  return (
    <div className={classes.actions}>
      {!waits && !begun && (
        <Button variant="default" leftSection={<Icon name="calendar" size={18} />} onClick={() => setOpen(true)}>
          {t('requests.ask')}
        </Button>
      )}
      {withOrder && (
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
