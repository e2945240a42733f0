import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { OrderJson } from '../../../../src/api-contract/orders.ts';
import { Card } from '../../components/Card.tsx';
import { DownloadFile } from '../../components/DownloadFile.tsx';
import { Fact, Facts } from '../../components/Facts.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { MailLink, PhoneLink, PlaceLink } from '../../components/Reach.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { formatMoney } from '../../lib/money.ts';
import { Problem } from '../../lib/problem.ts';
import { NO_ID } from '../../lib/read-id.ts';
import { t } from '../../lib/t.ts';
import { formatDay, formatDuration, momentTimes, viewerZone, visitTimes } from '../../lib/time.ts';
import { useUser } from '../../lib/user.ts';
import { orderQuery } from './api/get-order.ts';
import { OrderActions } from './OrderActions.tsx';
import { OrderAppointments } from './OrderAppointments.tsx';
import { orderStatus, totalPrice } from './order-words.ts';
import classes from './OrderPage.module.css';
import { ruleWords } from './recurrence.ts';

export function OrderPage({ id }: { id: number }): ReactElement {
  const query = useQuery(orderQuery(id));
  const order = query.data;
  return (
    <Page
      title={id === NO_ID ? t('orders.one.unknown') : t('orders.one.title', { id: String(id) })}
      above={<Back />}
      below={
        order && (
          <p className={classes.placed}>
            {t('orders.one.placed', { moment: momentTimes(order.created_at, order.time_zone) })}
          </p>
        )
      }
      actions={
        order && (
          <>
            {order.appointments.length > 0 && <DownloadFile of={{ kind: 'order', id }} />}
            <OrderActions order={order} />
          </>
        )
      }
    >
      {query.isPending && <Loading words={t('orders.one.loading')} />}
      {query.isError && <NotShown error={query.error} onRetry={() => void query.refetch()} />}
      {order !== undefined && (
        <div className={classes.cards}>
          <OrderCard order={order} />
          <OrderAppointments order={order} />
        </div>
      )}
    </Page>
  );
}

function OrderCard({ order }: { order: OrderJson }): ReactElement {
  const { role } = useUser();
  const total = totalPrice(order.items);
  return (
    <Card title={t('orders.one.what')} aside={<StatusTag status={orderStatus(order)} />}>
      <ul className={classes.items}>
        {order.items.map((item) => (
          <li key={item.id}>
            <Item item={item} zone={order.time_zone} />
          </li>
        ))}
      </ul>
      <Facts>
        <Fact icon="repeat" label={t('orders.one.repeats')}>
          {order.recurrence && ruleWords(order.recurrence.rrule)}
        </Fact>
        <Fact icon="person" label={t('orders.one.customer')}>
          {role === 'customer' ? null : order.customer.name}
        </Fact>
        <Fact icon="phone" label={t('orders.one.phone')}>
          {role !== 'customer' && order.customer.phone && <PhoneLink phone={order.customer.phone} />}
        </Fact>
        <Fact icon="mail" label={t('orders.one.email')}>
          {role !== 'customer' && order.customer.email && <MailLink email={order.customer.email} />}
        </Fact>
        <Fact icon="pin" label={t('orders.one.where')}>
          <PlaceLink place={order.address} />
        </Fact>
        <Fact icon="key" label={t('orders.one.gettingIn')}>
          {order.address.access_notes}
        </Fact>
        <Fact icon="note" label={t('orders.one.notes')}>
          {order.notes}
        </Fact>
        <Fact icon="price" label={order.recurrence === null ? t('orders.one.price') : t('orders.one.priceOfEach')}>
          {total && formatMoney(total.cents, total.currency)}
        </Fact>
      </Facts>
    </Card>
  );
}

function Item({ item, zone }: { item: OrderJson['items'][number]; zone: string }): ReactElement {
  const when = {
    day: formatDay(item.starts_at, viewerZone(), new Date()),
    time: visitTimes(item.starts_at, null, zone),
    duration: formatDuration(item.duration_minutes),
  };
  return (
    <>
      <strong>
        {item.service.name}
        {item.quantity > 1 && ` ×${item.quantity}`}
      </strong>
      <span className={classes.when}>{t('orders.one.when', when)}</span>
    </>
  );
}

function Back(): ReactElement {
  const { role } = useUser();
  return (
    <TextLink to="/orders" className={classes.back}>
      <Icon name="arrowLeft" size={18} />
      {role === 'customer' ? t('orders.mine') : t('orders.title')}
    </TextLink>
  );
}

function NotShown({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  if (error instanceof Problem && error.status === 404) {
    return (
      <Empty icon="info" title={t('orders.one.notThere')}>
        <p>{t('orders.one.notThereNext')}</p>
      </Empty>
    );
  }
  return <Failure title={t('orders.one.notShown')} error={error} onRetry={onRetry} />;
}
