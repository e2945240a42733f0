import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useUser } from '../../lib/user.ts';
import { servicesQuery } from './api/list-services.ts';
import { OrderForm } from './OrderForm.tsx';
import classes from './OrderPage.module.css';

export function NewOrderPage({ onMade }: { onMade: (id: number) => void }): ReactElement {
  const { role } = useUser();
  const services = useQuery(servicesQuery());
  const customer = role === 'customer';
  return (
    <Page
      title={customer ? 'Book a cleaning' : 'New order'}
      width="narrow"
      above={
        <TextLink to="/orders" className={classes.back}>
          <Icon name="arrowLeft" size={18} />
          {customer ? 'My orders' : 'Orders'}
        </TextLink>
      }
      below={
        <p className={classes.placed}>{customer ? 'We look at it and confirm it soon.' : 'Confirm it afterwards.'}</p>
      }
    >
      {services.isPending && <Loading what="the services" />}
      {services.isError && (
        <Failure title="The services can’t be shown" error={services.error} onRetry={() => void services.refetch()} />
      )}
      {services.isSuccess && services.data.length === 0 && (
        <Empty icon="info" title="Nothing can be booked at the moment">
          <p>The office has not put up any services yet.</p>
        </Empty>
      )}
      {services.isSuccess && services.data.length > 0 && <OrderForm services={services.data} onMade={onMade} />}
    </Page>
  );
}
