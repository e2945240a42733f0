import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { ActivityJson } from '../../../../src/api-contract/calendar.ts';
import { Ago } from '../../components/Ago.tsx';
import { Card } from '../../components/Card.tsx';
import { Failure, Loading } from '../../components/Notices.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { calendarName, PROVIDERS } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import { formatShortDay, viewerZone } from '../../lib/time.ts';
import { activityQuery, type ActivityFilter } from './api/list-activity.ts';
import classes from './ActivityCard.module.css';
import { changeWords } from './connection-words.ts';

const EVERYTHING = 'everything';
const ABOUT = ['events', 'settings'] as const;

/** What was done for the reader's calendars, newest first. */
export function ActivityCard(): ReactElement {
  const [filter, setFilter] = useState<ActivityFilter>({});
  const query = useInfiniteQuery(activityQuery(filter));
  const filtered = filter.provider !== undefined || filter.about !== undefined;
  const lines = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t('calendar.activity.title')}>
      <Filters filter={filter} onChange={setFilter} />
      {query.isPending && <Loading words={t('calendar.activity.loading')} />}
      {query.isError && (
        <Failure title={t('calendar.activity.notShown')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && lines.length === 0 && (
        <p className={classes.soft}>{t(filtered ? 'calendar.activity.noneSuch' : 'calendar.activity.none')}</p>
      )}
      {lines.length > 0 && (
        <ol className={classes.lines}>
          {lines.map((line) => (
            <li key={line.id}>
              <ActivityLine line={line} />
            </li>
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('calendar.activity.earlier')}
        </Button>
      )}
    </Card>
  );
}

function ActivityLine({ line }: { line: ActivityJson }): ReactElement {
  return (
    <>
      <span>
        {changeWords(line)}
        {line.provider !== null && <span className={classes.soft}> · {calendarName(line.provider)}</span>}
        {line.appointment_id !== null && line.appointment !== null && (
          <>
            {' · '}
            <TextLink to="/appointments/$id" params={{ id: line.appointment_id }} underline="always">
              {t('calendar.activity.appointment', {
                service: line.appointment.service,
                day: formatShortDay(line.appointment.starts_at, viewerZone(), new Date()),
              })}
            </TextLink>
          </>
        )}
      </span>
      <span className={classes.soft}>
        <Ago at={line.at} />
      </span>
    </>
  );
}

function Filters(props: { filter: ActivityFilter; onChange: (filter: ActivityFilter) => void }): ReactElement {
  const { filter, onChange } = props;
  return (
    <div className={classes.filters}>
      <Select
        aria-label={t('calendar.activity.which')}
        value={filter.provider ?? EVERYTHING}
        onChange={(value) => onChange({ ...filter, provider: PROVIDERS.find((provider) => provider === value) })}
        allowDeselect={false}
        data={[
          { value: EVERYTHING, label: t('calendar.activity.every') },
          ...PROVIDERS.map((provider) => ({ value: provider, label: calendarName(provider) })),
        ]}
      />
      <Select
        aria-label={t('calendar.activity.what')}
        value={filter.about ?? EVERYTHING}
        onChange={(value) => onChange({ ...filter, about: ABOUT.find((about) => about === value) })}
        allowDeselect={false}
        data={[
          { value: EVERYTHING, label: t('calendar.activity.everything') },
          ...ABOUT.map((about) => ({ value: about, label: t(`calendar.activity.${about}`) })),
        ]}
      />
    </div>
  );
}
