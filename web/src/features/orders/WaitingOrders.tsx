import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { OrderJson } from '../../../../src/api-contract/orders.ts';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { formatShortDay, formatTime } from '../../lib/time.ts';
import { useUser } from '../../lib/user.ts';
import { waitingQuery } from './api/list-orders.ts';
import { firstStart, itemsWords } from './order-words.ts';
import classes from './OrderPage.module.css';

const SHOWN = 5;

/** Orders that wait for confirmation: for the office something to do, for the customer something to know. */
export function WaitingOrders(): ReactElement {
  const { role } = useUser();
  const query = useQuery(waitingQuery(SHOWN));
  const orders = query.data?.items ?? [];
  const customer = role === 'customer';
  return (
    <Card
      title={customer ? 'Waiting for our confirmation' : 'Orders to confirm'}
      aside={
        orders.length > 0 &&
        !customer && <StatusTag status={{ tone: 'warn', icon: 'clock', word: countWords(query.data) }} />
      }
    >
      {query.isPending && <CardLoading what="the orders" />}
      {query.isError && <CardFailure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && orders.length === 0 && (
        <p className={classes.soft}>{customer ? 'No order is waiting.' : 'Nothing waits for you.'}</p>
      )}
      {orders.length > 0 && (
        <ul className={classes.rows}>
          {orders.map((order) => (
            <li key={order.id}>
              <Row order={order} withCustomer={!customer} />
            </li>
          ))}
        </ul>
      )}
      {query.data?.next_cursor && (
        <p>
          There are more.{' '}
          <TextLink to="/orders" search={{ status: 'pending' }}>
            See all that wait
          </TextLink>
        </p>
      )}
    </Card>
  );
}

function Row({ order, withCustomer }: { order: OrderJson; withCustomer: boolean }): ReactElement {
  const start = firstStart(order.items);
  return (
    <Link to="/orders/$id" params={{ id: order.id }} className={classes.row}>
      <span>
        <span className={classes.name}>{itemsWords(order.items)}</span>
        <span className={classes.soft}>
          {withCustomer && ` · ${order.customer.name}`}
          {start !== null && ` · ${formatShortDay(start, order.time_zone)}, ${formatTime(start, order.time_zone)}`}
        </span>
      </span>
    </Link>
  );
}

function countWords(page: { items: readonly unknown[]; next_cursor: string | null } | undefined): string {
  const count = page?.items.length ?? 0;
  return page?.next_cursor ? `More than ${count}` : `${count} waiting`;
}
