import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { CalendarJson } from '../../../../src/api-contract/calendar.ts';
import { Ago } from '../../components/Ago.tsx';
import { Failure, Loading } from '../../components/Notices.tsx';
import { Page } from '../../components/Page.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { fallbackMs } from '../../lib/live.ts';
import { t } from '../../lib/t.ts';
import { ActivityCard } from './ActivityCard.tsx';
import { calendarQuery } from './api/get-calendar.ts';
import { CaldavCards } from './CaldavParts.tsx';
import classes from './CalendarSettingsPage.module.css';
import { overallStatus, stripWords } from './connection-words.ts';
import { changesByItself } from './changes-by-itself.ts';
import { MailPreferences } from './MailPreferences.tsx';
import { OtherCalendarsCard } from './OtherCalendarsCard.tsx';
import { OutcomeNotice } from './OutcomeNotice.tsx';
import type { Outcome } from './outcome-words.ts';
import { PreviewCard } from './PreviewCard.tsx';
import { ProviderCards } from './ProviderCards.tsx';
import { SyncNowButton } from './SyncNowButton.tsx';
import { SyncPreferences } from './SyncPreferences.tsx';

/** Settings → Calendar. `onOutcomeSeen` takes the outcome out of the address, so that a reload does not tell it again. */
export function CalendarSettingsPage(props: { outcome: Outcome; onOutcomeSeen: () => void }): ReactElement {
  const query = useQuery({
    ...calendarQuery(),
    refetchInterval: ({ state }) => changesByItself(state.data) && fallbackMs(),
  });
  return (
    <Page title={t('calendar.title')} width="narrow" below={<p className={classes.lead}>{t('calendar.lead')}</p>}>
      <div className={classes.parts}>
        <OutcomeNotice
          outcome={props.outcome}
          adminConsentUrl={query.data?.providers.outlook.admin_consent_url ?? null}
          onSeen={props.onOutcomeSeen}
        />
        {query.isPending && <Loading words={t('calendar.loading')} />}
        {query.isError && query.data === undefined && (
          <Failure title={t('calendar.notShown')} error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.data !== undefined && <Parts calendar={query.data} />}
      </div>
    </Page>
  );
}

function Parts({ calendar }: { calendar: CalendarJson }): ReactElement {
  const overall = overallStatus(calendar, new Date());
  const working = calendar.connections.some(({ status }) => status === 'active' || status === 'degraded');
  return (
    <>
      <VisuallyHidden role="status">{overall.word}</VisuallyHidden>
      <StatusStrip
        tone={overall.tone}
        icon={overall.icon}
        title={overall.word}
        action={working && calendar.calendar_sync_enabled && <SyncNowButton />}
      >
        <StripText overall={overall.sentence} words={stripWords(calendar)} />
      </StatusStrip>
      <ProviderCards calendar={calendar} provider="google" />
      <ProviderCards calendar={calendar} provider="outlook" />
      <CaldavCards calendar={calendar} />
      <OtherCalendarsCard calendar={calendar} />
      <SyncPreferences calendar={calendar} />
      <PreviewCard />
      <MailPreferences mails={calendar.mails} />
      <ActivityCard />
    </>
  );
}

/** In words, with a time that goes on: `All 14 upcoming appointments are in your calendar · last change 12 s ago`. */
function StripText(props: { overall: string; words: ReturnType<typeof stripWords> }): ReactElement {
  const { overall, words } = props;
  if (words === null) return <p>{overall}</p>;
  if (words.changedAt === null) return <p>{words.sentence}</p>;
  return (
    <p>
      {words.sentence.replace(/\.$/, '')} · {t('calendar.lastChange')} <Ago at={words.changedAt} />
    </p>
  );
}
