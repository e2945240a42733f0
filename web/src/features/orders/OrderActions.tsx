import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { ChangedOrderJson, OrderJson } from '../../../../src/api-contract/orders.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { Icon } from '../../components/Icon.tsx';
import { hasCode } from '../../lib/problem.ts';
import { tellDone, tellFailure, tellWarning } from '../../lib/tell.ts';
import { useUser } from '../../lib/user.ts';
import { cancelOrder, confirmOrder } from './api/change-order.ts';
import { orderQuery } from './api/get-order.ts';

/** Confirm for manager and admin, cancel for them and the customer. */
export function OrderActions({ order }: { order: OrderJson }): ReactElement | null {
  const { role } = useUser();
  if (order.status === 'cancelled') return null;
  return (
    <>
      {order.status === 'pending' && role !== 'customer' && <ConfirmButton order={order} />}
      <CancelButton order={order} />
    </>
  );
}

function ConfirmButton({ order }: { order: OrderJson }): ReactElement {
  const refresh = useRefresh(order.id);
  const confirm = useMutation({
    mutationFn: () => confirmOrder(order.id, order.version),
    onSuccess: async (changed) => {
      tellDone('Order confirmed', confirmedWords(changed));
      for (const warning of changed.warnings) tellWarning('Please check', warning.message);
      await refresh(changed);
    },
    onError: async (error) => {
      if (!hasCode(error, 'version_conflict')) return tellFailure('The order could not be confirmed', error);
      tellWarning('Someone changed this meanwhile', 'The order was loaded again. Look at it, then confirm.');
      return refresh();
    },
  });
  return (
    <Button leftSection={<Icon name="check" size={18} />} loading={confirm.isPending} onClick={() => confirm.mutate()}>
      Confirm order
    </Button>
  );
}

function CancelButton({ order }: { order: OrderJson }): ReactElement {
  const [asking, setAsking] = useState(false);
  const refresh = useRefresh(order.id);
  const cancel = useMutation({
    mutationFn: () => cancelOrder(order.id, order.version),
    onSuccess: async (changed) => {
      setAsking(false);
      tellDone('Order cancelled');
      await refresh(changed);
    },
  });
  const open = order.appointments.filter((appointment) => appointment.status === 'scheduled').length;
  const conflict = hasCode(cancel.error, 'version_conflict');
  return (
    <>
      <Button variant="default" c="var(--bad-ink)" onClick={() => setAsking(true)}>
        Cancel order
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`Cancel order #${order.id}?`}
        yes="Cancel the order"
        no="Keep it"
        danger
        busy={cancel.isPending}
        error={conflict ? null : cancel.error}
        onYes={() => cancel.mutate()}
        onNo={() => setAsking(false)}
      >
        {conflict && <FormProblem error={cancel.error} onReload={() => void refresh().then(() => setAsking(false))} />}
        <p>{cancelWords(open)}</p>
      </ConfirmDialog>
    </>
  );
}

/** Shows the changed order at once and fetches again whatever else shows it. */
function useRefresh(id: number): (changed?: ChangedOrderJson) => Promise<void> {
  const client = useQueryClient();
  return async (changed) => {
    if (changed !== undefined) {
      const { warnings: _warnings, ...order } = changed;
      client.setQueryData(orderQuery(id).queryKey, order);
    }
    await Promise.all([
      client.invalidateQueries({ queryKey: ['orders'] }),
      client.invalidateQueries({ queryKey: ['appointments'] }),
      client.invalidateQueries({ queryKey: ['calendar'] }),
    ]);
  };
}

function confirmedWords({ appointments }: ChangedOrderJson): string {
  const made =
    appointments.length === 1 ? 'One appointment was made.' : `${appointments.length} appointments were made.`;
  return `${made} The calendars of everyone concerned follow within moments.`;
}

function cancelWords(open: number): string {
  if (open === 0) return 'This can’t be undone.';
  const visits = open === 1 ? 'Its open appointment is' : `Its ${open} open appointments are`;
  return `${visits} cancelled, too, and removed from all calendars. This can’t be undone.`;
}
