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
import { formatDay, formatTime } from '../../lib/time.ts';
import { useUser } from '../../lib/user.ts';
import { ordersQuery } from './api/list-orders.ts';
import { firstStart, itemsWords, ORDER_STATUS } from './order-words.ts';
import classes from './OrdersPage.module.css';
import { ruleWords } from './recurrence.ts';

type OrderStatus = OrderJson['status'];

const FILTERS: { value: OrderStatus | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'pending', label: 'Waiting' },
  { value: 'confirmed', label: 'Confirmed' },
  { value: 'cancelled', label: 'Cancelled' },
];

export function OrdersPage(props: {
  status: OrderStatus | undefined;
  onStatus: (status: OrderStatus | undefined) => void;
}): ReactElement {
  const { role } = useUser();
  return (
    <Page
      title={role === 'customer' ? 'My orders' : 'Orders'}
      actions={
        <ButtonLink to="/orders/new" leftSection={<Icon name="plus" size={18} />}>
          {role === 'customer' ? 'Book a cleaning' : 'New order'}
        </ButtonLink>
      }
    >
      <div className={classes.filter}>
        <SegmentedControl
          aria-label="Which orders"
          value={props.status ?? 'all'}
          onChange={(value) => props.onStatus(value === 'all' ? undefined : (value as OrderStatus))}
          data={FILTERS}
        />
      </div>
      <OrderList status={props.status} />
    </Page>
  );
}

function OrderList({ status }: { status: OrderStatus | undefined }): ReactElement {
  const query = useInfiniteQuery(ordersQuery(status));
  if (query.isPending) return <Loading what="the orders" />;
  if (query.isError) {
    return <Failure title="The orders can’t be shown" error={query.error} onRetry={() => void query.refetch()} />;
  }
  const orders = query.data.pages.flatMap((page) => page.items);
  if (orders.length === 0) {
    return (
      <Empty icon="order" title={status === undefined ? 'No orders yet' : 'No orders with this status'}>
        {status === undefined && <p>Book a cleaning, and it shows here until we have confirmed it.</p>}
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
            {formatDay(start, order.time_zone, new Date())}, {formatTime(start, order.time_zone)}
            {order.recurrence !== null && ` · ${ruleWords(order.recurrence.rrule)}`}
          </span>
        )}
        {role !== 'customer' && <span className={classes.line}>{order.customer.name}</span>}
        <span className={classes.line}>{addressLine(order.address)}</span>
      </span>
      <span>
        <StatusTag status={ORDER_STATUS[order.status]} />
      </span>
    </Link>
  );
}
