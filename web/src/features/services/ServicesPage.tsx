import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { ServiceJson } from '../../../../src/api-contract/services.ts';
import { Icon } from '../../components/Icon.tsx';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { StatusTag, type Status } from '../../components/StatusTag.tsx';
import { formatMoney } from '../../lib/money.ts';
import { formatDuration } from '../../lib/time.ts';
import { allServicesQuery } from './api/services.ts';
import { ServiceDialog } from './ServiceDialog.tsx';
import classes from './ServicesPage.module.css';

const ON_OFFER: Status = { tone: 'good', icon: 'check', word: 'On offer' };
const OFF_OFFER: Status = { tone: 'quiet', icon: 'minus', word: 'Not offered' };

/** What can be booked, how long it takes and what it costs; for administrators. */
export function ServicesPage(): ReactElement {
  const query = useQuery(allServicesQuery());
  const [open, setOpen] = useState<ServiceJson | 'new' | null>(null);
  return (
    <Page
      title="Services"
      below={<p className={classes.lead}>What customers can book. Prices of orders that are there already stay.</p>}
      actions={
        <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setOpen('new')}>
          Add a service
        </Button>
      }
    >
      {query.isPending && <Loading what="the services" />}
      {query.isError && (
        <Failure title="The services can’t be shown" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.length === 0 && (
        <Empty icon="price" title="No services yet">
          <p>Add one, and customers can book it.</p>
        </Empty>
      )}
      <ul className={classes.list}>
        {query.data?.map((service) => (
          <li key={service.id} className={classes.service}>
            <h2 className={classes.name}>{service.name}</h2>
            <p>
              {formatDuration(service.duration_minutes)} · {formatMoney(service.price_cents, service.currency)}
            </p>
            <StatusTag status={service.is_active ? ON_OFFER : OFF_OFFER} />
            <Button variant="default" onClick={() => setOpen(service)} aria-label={`Edit ${service.name}`}>
              Edit
            </Button>
          </li>
        ))}
      </ul>
      {open !== null && <ServiceDialog service={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  );
}
