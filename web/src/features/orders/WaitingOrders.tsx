import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import type { OrderJson } from '../../../../src/api-contract/orders.ts';
import { Card } from '../../components/Card.tsx';
import { CardFailure, CardLoading } from '../../components/CardStates.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { t } from '../../lib/t.ts';
import { formatShortDay, viewerZone, visitTimes } from '../../lib/time.ts';
import { useUser } from '../../lib/user.ts';
import { waitingQuery } from './api/list-orders.ts';
import { firstStart, itemsWords, soonestFirst } from './order-words.ts';
import classes from './OrderPage.module.css';

const SHOWN = 5;

/** Orders that wait for confirmation: for the office something to do, for the customer something to know. */
export function WaitingOrders(): ReactElement {
  const { role } = useUser();
  const query = useQuery(waitingQuery());
  const orders = soonestFirst(query.data?.items ?? []);
  const hasMore = orders.length > SHOWN || Boolean(query.data?.next_cursor);
  const customer = role === 'customer';
  return (
    <Card
      title={customer ? t('orders.waiting.ours') : t('orders.waiting.yours')}
      aside={
        orders.length > 0 &&
        !customer && <StatusTag status={{ tone: 'warn', icon: 'clock', word: countWords(query.data) }} />
      }
    >
      {query.isPending && <CardLoading words={t('orders.loading')} />}
      {query.isError && <CardFailure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && orders.length === 0 && (
        <p className={classes.soft}>{customer ? t('orders.waiting.noneOfMine') : t('orders.waiting.none')}</p>
      )}
      {orders.length > 0 && (
        <ul className={classes.rows}>
          {orders.slice(0, SHOWN).map((order) => (
            <li key={order.id}>
              <Row order={order} withCustomer={!customer} />
            </li>
          ))}
        </ul>
      )}
      {hasMore && (
        <p>
          {t('orders.waiting.more')}{' '}
          <TextLink to="/orders" search={{ status: 'pending' }}>
            {t('orders.waiting.seeAll')}
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
          {start !== null && ` · ${startWords(start, order.time_zone)}`}
        </span>
      </span>
    </Link>
  );
}

function startWords(start: string, zone: string): string {
  return t('orders.dayAndTime', {
    day: formatShortDay(start, viewerZone(), new Date()),
    time: visitTimes(start, null, zone),
  });
}

function countWords(page: { items: readonly unknown[]; next_cursor: string | null } | undefined): string {
  const count = String(page?.items.length ?? 0);
  return page?.next_cursor ? t('orders.waiting.moreThan', { count }) : t('orders.waiting.count', { count });
}
