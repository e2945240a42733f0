import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ActivityJson } from '../../../../src/api-contract/calendar.ts';
import { Ago } from '../../components/Ago.tsx';
import { Card } from '../../components/Card.tsx';
import { Failure, Loading } from '../../components/Notices.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { PROVIDER_NAMES } from '../../lib/providers.ts';
import { activityQuery } from './api/list-activity.ts';
import classes from './ActivityCard.module.css';
import { changeWords } from './connection-words.ts';

/** What was done for the reader's calendars, newest first. */
export function ActivityCard(): ReactElement {
  const query = useInfiniteQuery(activityQuery());
  const lines = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title="Activity">
      {query.isPending && <Loading what="the activity" />}
      {query.isError && (
        <Failure title="The activity can’t be shown" error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && lines.length === 0 && <p className={classes.soft}>Nothing has happened yet.</p>}
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
          Show earlier activity
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
        {line.provider !== null && <span className={classes.soft}> · {PROVIDER_NAMES[line.provider]}</span>}
        {line.appointment_id !== null && (
          <>
            {' · '}
            <TextLink to="/appointments/$id" params={{ id: line.appointment_id }} underline="always">
              Appointment #{line.appointment_id}
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
