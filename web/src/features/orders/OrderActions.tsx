import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { ChangedOrderJson, OrderJson } from '../../../../src/api-contract/orders.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { FormProblem } from '../../components/FormProblem.tsx';
import { Icon } from '../../components/Icon.tsx';
import { hasCode } from '../../lib/problem.ts';
import { t } from '../../lib/t.ts';
import { tellDone, tellFailure, tellServerWarnings, tellWarning } from '../../lib/tell.ts';
import { useMutation } from '../../lib/use-mutation.ts';
import { useUser } from '../../lib/user.ts';
import { cancelOrder, confirmOrder } from './api/change-order.ts';
import { getOrder, orderQuery } from './api/get-order.ts';
import { orderStatus } from './order-words.ts';

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
  const client = useQueryClient();
  const confirm = useMutation({
    mutationFn: () => confirmOrder(order.id, order.version),
    onSuccess: async (changed) => {
      tellDone(t('orders.confirmed'), t('orders.confirmedMore', { count: changed.appointments.length }));
      tellServerWarnings(t('orders.pleaseCheck'), changed.warnings);
      await refresh(changed);
    },
    onError: async (fault) => {
      if (!hasCode(fault, 'version_conflict')) return tellFailure(t('orders.confirmFailed'), fault);
      const current = await getOrder(order.id).catch(() => order);
      client.setQueryData(orderQuery(order.id).queryKey, current);
      const { title, next } = meanwhile(current);
      tellWarning(title, next);
      return refresh();
    },
  });
  return (
    <Button leftSection={<Icon name="check" size={18} />} loading={confirm.isPending} onClick={() => confirm.mutate()}>
      {t('orders.confirm')}
    </Button>
  );
}

/** Somebody was quicker: what they have made of the order, and what that leaves to do. */
function meanwhile({ status }: OrderJson): { title: string; next: string } {
  if (status === 'confirmed')
    return { title: t('orders.confirmedMeanwhile'), next: t('orders.confirmedMeanwhileMore') };
  if (status === 'cancelled')
    return { title: t('orders.cancelledMeanwhile'), next: t('orders.cancelledMeanwhileMore') };
  return { title: t('common.form.changedMeanwhile'), next: t('orders.loadedAgain') };
}

function CancelButton({ order }: { order: OrderJson }): ReactElement {
  // As it was when the question was asked: news that come in meanwhile are another question.
  const [asked, setAsked] = useState<OrderJson | null>(null);
  const shown = asked ?? order;
  const client = useQueryClient();
  const refresh = useRefresh(order.id);
  const cancel = useMutation({
    mutationFn: () => cancelOrder(order.id, shown.version),
    onSuccess: async (changed) => {
      setAsked(null);
      tellDone(t('orders.cancelled'));
      await refresh(changed);
    },
    onError: async (fault) => {
      if (!hasCode(fault, 'version_conflict')) return;
      const current = await getOrder(order.id).catch(() => null);
      if (current === null) return;
      client.setQueryData(orderQuery(order.id).queryKey, current);
      setAsked(current);
      void refresh();
    },
  });
  const ask = (): void => {
    cancel.reset();
    setAsked(order);
  };
  const open = shown.appointments.filter((appointment) => appointment.status === 'scheduled').length;
  const conflict = hasCode(cancel.error, 'version_conflict');
  return (
    <>
      <Button variant="default" c="var(--bad-ink)" onClick={ask}>
        {t('orders.cancel')}
      </Button>
      <ConfirmDialog
        opened={asked !== null}
        title={t('orders.cancelAsk', { id: String(order.id) })}
        yes={t('orders.cancelYes')}
        no={t('orders.cancelNo')}
        danger
        busy={cancel.isPending}
        error={conflict ? null : cancel.error}
        onYes={() => cancel.mutate()}
        onNo={() => setAsked(null)}
      >
        {conflict && (
          <FormProblem
            error={cancel.error}
            now={
              <>
                <p>{t('orders.isNow')}</p>
                <p>
                  <strong>{orderStatus(shown).word}</strong>
                </p>
              </>
            }
          />
        )}
        <p>{t('orders.cancelWords', { count: open })}</p>
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
