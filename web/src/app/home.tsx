import type { ReactElement } from 'react';
import { ButtonLink } from '../components/ButtonLink.tsx';
import { Icon } from '../components/Icon.tsx';
import { Page } from '../components/Page.tsx';
import { NextVisit } from '../features/appointments/NextVisit.tsx';
import { WaitingRequests } from '../features/appointments/requests/WaitingRequests.tsx';
import { TodayVisits } from '../features/appointments/TodayVisits.tsx';
import { UnstaffedVisits } from '../features/appointments/UnstaffedVisits.tsx';
import { CalendarGlance } from '../features/calendar-settings/CalendarGlance.tsx';
import { WaitingOrders } from '../features/orders/WaitingOrders.tsx';
import { t } from '../lib/t.ts';
import { formatDay, viewerZone, zoneName } from '../lib/time.ts';
import { useUser } from '../lib/user.ts';
import classes from './home.module.css';

/** What is next, what needs this person, and how their calendar is: the first page of every role. */
export function HomeRoute(): ReactElement {
  const { role, name } = useUser();
  const zone = viewerZone();
  const now = new Date();
  return (
    <Page
      title={t('app.home.title')}
      below={
        <p className={classes.date}>
          {t('app.home.greeting', { day: formatDay(now, zone, now), name, zone: zoneName(zone) })}
        </p>
      }
      actions={
        role !== 'staff' && (
          <ButtonLink to="/orders/new" leftSection={<Icon name="plus" size={18} />}>
            {role === 'customer' ? t('orders.book') : t('orders.new')}
          </ButtonLink>
        )
      }
    >
      <div className={classes.columns}>
        <div className={classes.column}>
          <NextVisit />
          {role !== 'customer' && <TodayVisits />}
          {role === 'customer' && <WaitingOrders />}
        </div>
        <div className={classes.column}>
          {(role === 'manager' || role === 'admin') && (
            <>
              <WaitingOrders />
              <UnstaffedVisits />
              <WaitingRequests />
            </>
          )}
          <CalendarGlance />
        </div>
      </div>
    </Page>
  );
}
