import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ActivityJson } from '../../../../src/api-contract/calendar.ts';
import { Ago } from '../../components/Ago.tsx';
import { Card } from '../../components/Card.tsx';
import { Failure, Loading } from '../../components/Notices.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { calendarName } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';
import { activityQuery } from './api/list-activity.ts';
import classes from './ActivityCard.module.css';
import { changeWords } from './connection-words.ts';

/** What was done for the reader's calendars, newest first. */
export function ActivityCard(): ReactElement {
  const query = useInfiniteQuery(activityQuery());
  const lines = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t('calendar.activity.title')}>
      {query.isPending && <Loading words={t('calendar.activity.loading')} />}
      {query.isError && (
        <Failure title={t('calendar.activity.notShown')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && lines.length === 0 && <p className={classes.soft}>{t('calendar.activity.none')}</p>}
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
        {line.appointment_id !== null && (
          <>
            {' · '}
            <TextLink to="/appointments/$id" params={{ id: line.appointment_id }} underline="always">
              {t('calendar.activity.appointment', { id: String(line.appointment_id) })}
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
