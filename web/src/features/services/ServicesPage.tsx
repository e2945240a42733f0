import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { ServiceJson } from '../../../../src/api-contract/services.ts';
import { Icon } from '../../components/Icon.tsx';
import { Empty, Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { StatusTag, type Status } from '../../components/StatusTag.tsx';
import { formatMoney } from '../../lib/money.ts';
import { t } from '../../lib/t.ts';
import { formatDuration } from '../../lib/time.ts';
import { allServicesQuery } from './api/services.ts';
import { ServiceDialog } from './ServiceDialog.tsx';
import classes from './ServicesPage.module.css';

/** What can be booked, how long it takes and what it costs; for administrators. */
export function ServicesPage(): ReactElement {
  const query = useQuery(allServicesQuery());
  const [open, setOpen] = useState<ServiceJson | 'new' | null>(null);
  return (
    <Page
      title={t('services.title')}
      below={<p className={classes.lead}>{t('services.lead')}</p>}
      actions={
        <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setOpen('new')}>
          {t('services.add')}
        </Button>
      }
    >
      {query.isPending && <Loading words={t('services.loading')} />}
      {query.isError && (
        <Failure title={t('services.notShown')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data?.length === 0 && (
        <Empty icon="price" title={t('services.none')}>
          <p>{t('services.noneNext')}</p>
        </Empty>
      )}
      <ul className={classes.list}>
        {query.data?.map((service) => (
          <li key={service.id} className={classes.service}>
            <h2 className={classes.name}>{service.name}</h2>
            <p>
              {formatDuration(service.duration_minutes)} · {formatMoney(service.price_cents, service.currency)}
            </p>
            <StatusTag status={offerStatus(service)} />
            <Button
              variant="default"
              onClick={() => setOpen(service)}
              aria-label={t('services.edit', { name: service.name })}
            >
              {t('common.edit')}
            </Button>
          </li>
        ))}
      </ul>
      {open !== null && <ServiceDialog service={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function offerStatus({ is_active: isActive }: ServiceJson): Status {
  return isActive
    ? { tone: 'good', icon: 'check', word: t('services.onOffer') }
    : { tone: 'quiet', icon: 'minus', word: t('services.notOffered') };
}
