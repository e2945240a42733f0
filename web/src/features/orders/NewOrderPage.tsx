import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { t } from '../../lib/t.ts';
import { useUser } from '../../lib/user.ts';
import { servicesQuery } from './api/list-services.ts';
import { OrderForm } from './OrderForm.tsx';
import classes from './OrderPage.module.css';

export function NewOrderPage({ onMade }: { onMade: (id: number) => Promise<void> }): ReactElement {
  const { role } = useUser();
  const services = useQuery(servicesQuery());
  const customer = role === 'customer';
  return (
    <Page
      title={customer ? t('orders.book') : t('orders.new')}
      width="narrow"
      above={
        <TextLink to="/orders" className={classes.back}>
          <Icon name="arrowLeft" size={18} />
          {customer ? t('orders.mine') : t('orders.title')}
        </TextLink>
      }
      below={<p className={classes.placed}>{customer ? t('orders.form.leadForCustomer') : t('orders.form.lead')}</p>}
    >
      {services.isPending && <Loading words={t('orders.form.loading')} />}
      {services.isError && (
        <Failure title={t('orders.form.notShown')} error={services.error} onRetry={() => void services.refetch()} />
      )}
      {services.isSuccess && services.data.length === 0 && (
        <Empty icon="info" title={t('orders.form.nothing')}>
          <p>{t('orders.form.nothingNext')}</p>
        </Empty>
      )}
      {services.isSuccess && services.data.length > 0 && <OrderForm services={services.data} onMade={onMade} />}
    </Page>
  );
}
