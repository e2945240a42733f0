import { SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { OrderJson } from '../../../../src/api-contract/orders.ts';
import { addressLine } from '../../components/appointment-words.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { Icon } from '../../components/Icon.tsx';
import { LongList } from '../../components/LongList.tsx';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';
import { formatDay, viewerZone, visitTimes } from '../../lib/time.ts';
import { useUser } from '../../lib/user.ts';
import { ordersQuery } from './api/list-orders.ts';
import { firstStart, itemsWords, orderStatus, soonestFirst } from './order-words.ts';
import classes from './OrdersPage.module.css';
import { ruleWords } from './recurrence.ts';

type OrderStatus = OrderJson['status'];

const FILTERS = ['all', 'pending', 'confirmed', 'cancelled'] as const satisfies readonly (OrderStatus | 'all')[];

export function OrdersPage(props: {
  status: OrderStatus | undefined;
  onStatus: (status: OrderStatus | undefined) => void;
}): ReactElement {
  const { role } = useUser();
  return (
    <Page
      title={role === 'customer' ? t('orders.mine') : t('orders.title')}
      actions={
        <ButtonLink to="/orders/new" leftSection={<Icon name="plus" size={18} />}>
          {role === 'customer' ? t('orders.book') : t('orders.new')}
        </ButtonLink>
      }
    >
      <div className={classes.filter}>
        <SegmentedControl
          aria-label={t('orders.which')}
          value={props.status ?? 'all'}
          onChange={(value) => props.onStatus(value === 'all' ? undefined : (value as OrderStatus))}
          data={FILTERS.map((value) => ({ value, label: t(`orders.filter.${value}`) }))}
        />
      </div>
      <OrderList status={props.status} />
    </Page>
  );
}

function OrderList({ status }: { status: OrderStatus | undefined }): ReactElement {
  const query = useInfiniteQuery(ordersQuery(status));
  if (query.isPending) return <Loading words={t('orders.loading')} />;
  if (query.isLoadingError) {
    return <Failure title={t('orders.notShown')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  const found = query.data.pages.flatMap((page) => page.items);
  const orders = status === 'pending' ? soonestFirst(found) : found;
  if (orders.length === 0) {
    return (
      <Empty icon="order" title={status === undefined ? t('orders.none') : t('orders.noneOfStatus')}>
        {status === undefined && <p>{t('orders.noneNext')}</p>}
      </Empty>
    );
  }
  return (
    <LongList
      name={`orders ${status}`}
      rows={orders}
      keyOf={(order) => order.id}
      renderRow={(order) => <OrderCard order={order} />}
      rowPx={() => 130}
      gapPx={8}
      following={query}
    />
  );
}

function OrderCard({ order }: { order: OrderJson }): ReactElement {
  const { role } = useUser();
  const start = firstStart(order.items);
  return (
    <Link to="/orders/$id" params={{ id: order.id }} className={classes.card}>
      <span className={classes.what}>
        <span className={classes.name}>
          {itemsWords(order.items)} <span className={classes.number}>#{order.id}</span>
        </span>
        {start !== null && (
          <span className={classes.line}>
            {t('orders.dayAndTime', {
              day: formatDay(start, viewerZone(), new Date()),
              time: visitTimes(start, null, order.time_zone),
            })}
            {order.recurrence !== null && ` · ${ruleWords(order.recurrence.rrule)}`}
          </span>
        )}
        {role !== 'customer' && <span className={classes.line}>{order.customer.name}</span>}
        <span className={classes.line}>{addressLine(order.address)}</span>
      </span>
      <span>
        <StatusTag status={orderStatus(order)} />
      </span>
    </Link>
  );
}
