import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { AppointmentJson } from '../../../../src/api-contract/appointments.ts';
import type { IconName } from '../../components/Icon.tsx';
import { Icon } from '../../components/Icon.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useUser } from '../../lib/user.ts';
import { AssignDialog } from './AssignDialog.tsx';
import classes from './AppointmentPage.module.css';
import { isAbsent } from './absence.ts';
import { CannotComeDialog } from './CannotComeDialog.tsx';
import { CloseDialog } from './CloseDialog.tsx';
import { RescheduleDialog } from './RescheduleDialog.tsx';

type Action = 'cannot-come' | 'can-come' | 'reschedule' | 'assign' | 'complete' | 'no-show' | 'cancel';

const BUTTONS: Readonly<Record<Action, { word: string; icon: IconName; danger?: boolean }>> = {
  'cannot-come': { word: 'I can’t come', icon: 'alert' },
  'can-come': { word: 'I can come after all', icon: 'check' },
  reschedule: { word: 'Reschedule', icon: 'calendar' },
  assign: { word: 'Assign staff', icon: 'people' },
  complete: { word: 'Mark as completed', icon: 'check' },
  'no-show': { word: 'Nobody at home', icon: 'alert' },
  cancel: { word: 'Cancel appointment', icon: 'cross', danger: true },
};

/**
 * What the reader may do with a scheduled appointment; the API has the last word. `calm`: nothing of it is what they
 * have to do next.
 */
export function AppointmentActions(props: { appointment: AppointmentJson; calm?: boolean }): ReactElement | null {
  const { appointment, calm = false } = props;
  const { role, id: userId } = useUser();
  const [open, setOpen] = useState<Action | null>(null);
  if (appointment.status !== 'scheduled') return null;
  if (role === 'customer') return <CustomerHint orderId={appointment.order_id} />;
  // A cleaning that they ordered for their own home.
  if (role === 'staff' && appointment.role !== 'staff') return null;
  const actions: Action[] =
    role === 'staff'
      ? ['complete', isAbsent(appointment, userId) ? 'can-come' : 'cannot-come']
      : ['reschedule', 'assign', 'complete', 'no-show', 'cancel'];
  const close = (): void => setOpen(null);
  return (
    <div className={classes.actions}>
      {actions.map((action) => (
        <Button
          key={action}
          variant={action === 'complete' && role === 'staff' && !calm ? 'filled' : 'default'}
          c={BUTTONS[action].danger === true ? 'var(--bad-ink)' : undefined}
          leftSection={<Icon name={BUTTONS[action].icon} size={18} />}
          onClick={() => setOpen(action)}
        >
          {BUTTONS[action].word}
        </Button>
      ))}
      {(open === 'cannot-come' || open === 'can-come') && (
        <CannotComeDialog appointment={appointment} onClose={close} />
      )}
      {open === 'reschedule' && <RescheduleDialog appointment={appointment} onClose={close} />}
      {open === 'assign' && <AssignDialog appointment={appointment} onClose={close} />}
      {(open === 'complete' || open === 'no-show' || open === 'cancel') && (
        <CloseDialog appointment={appointment} how={open} onClose={close} />
      )}
    </div>
  );
}

function CustomerHint({ orderId }: { orderId: number }): ReactElement {
  return (
    <div className={classes.actions}>
      <p>
        Plans changed? You can cancel on the page of your{' '}
        <TextLink to="/orders/$id" params={{ id: orderId }} underline="always">
          order #{orderId}
        </TextLink>
        .
      </p>
    </div>
  );
}
