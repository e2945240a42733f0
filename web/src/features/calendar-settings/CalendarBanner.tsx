import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { calendarName } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import { calendarQuery } from './api/get-calendar.ts';
import classes from './CalendarBanner.module.css';

/** Trouble shows within this time on a page that stays open; a hidden tab does not ask. */
const LOOK_AGAIN_MS = 60_000;

/** On every page but the settings: a calendar that only its owner can mend. Silent when that can't be found out. */
export function CalendarBanner(): ReactElement | null {
  const { data } = useQuery({ ...calendarQuery(), refetchInterval: LOOK_AGAIN_MS });
  const onSettings = useRouterState({ select: ({ location }) => location.pathname.startsWith('/settings/calendar') });
  const broken = data?.connections.find(({ status }) => status === 'reauth_required');
  const asking = data?.connections.find(({ question }) => question !== null);
  const shown = broken ?? asking;
  if (shown === undefined || onSettings) return null;
  return (
    <section className={classes.banner} aria-label={t('calendar.banner.label')}>
      <StatusStrip
        tone={broken ? 'bad' : 'warn'}
        icon="alert"
        title={t(broken ? 'calendar.banner.needsYou' : 'calendar.banner.asks', {
          calendar: calendarName(shown.provider),
        })}
        action={
          <ButtonLink to="/settings/calendar" variant="default" size="xs">
            {t('calendar.banner.toSettings')}
          </ButtonLink>
        }
      >
        <p>
          {broken ? t('calendar.banner.broken') : t('calendar.banner.question')}{' '}
          <a href={broken ? '/help/guide/reconnect/' : '/help/guide/questions/'}>{t('calendar.banner.whatToDo')}</a>
        </p>
      </StatusStrip>
    </section>
  );
}
