import { Button, Group } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { FeedJson, NewFeedJson } from '../../../../src/api-contract/feeds.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { t } from '../../lib/t.ts';
import { formatMoment } from '../../lib/time.ts';
import { fetchedWords } from './feed-words.ts';
import classes from './Subscriptions.module.css';
import { useRevokeFeed, useRotateFeed } from './use-feeds.ts';

/** One address: what reads it, and how to be rid of it. The address itself is not known any more. */
export function FeedLine(props: {
  feed: FeedJson;
  onRotated: (feed: NewFeedJson) => void;
  onRevoked: () => void;
}): ReactElement {
  const { feed } = props;
  const [asking, setAsking] = useState<'rotate' | 'revoke' | null>(null);
  const close = (): void => setAsking(null);
  const rotating = useRotateFeed((rotated) => {
    close();
    props.onRotated(rotated);
  });
  const revoking = useRevokeFeed(() => {
    close();
    props.onRevoked();
  });
  return (
    <div className={classes.line}>
      <div>
        <p className={classes.name}>{feed.name}</p>
        <p className={classes.soft}>
          <span title={feed.last_fetched_by ?? undefined}>{fetchedWords(feed, new Date())}</span>{' '}
          <span title={formatMoment(feed.rotated_at ?? feed.created_at)}>
            {feed.fetches === 0 ? '' : t('calendar.subscribe.times', { count: feed.fetches })}
          </span>
        </p>
      </div>
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          aria-label={t('calendar.subscribe.rotateOf', { name: feed.name })}
          onClick={() => setAsking('rotate')}
        >
          {t('calendar.subscribe.rotate')}
        </Button>
        <Button
          variant="default"
          size="xs"
          c="var(--bad-ink)"
          aria-label={t('calendar.subscribe.revokeOf', { name: feed.name })}
          onClick={() => setAsking('revoke')}
        >
          {t('calendar.subscribe.revoke')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking === 'rotate'}
        title={t('calendar.subscribe.rotateAsk', { name: feed.name })}
        yes={t('calendar.subscribe.rotateYes')}
        no={t('calendar.subscribe.rotateNo')}
        busy={rotating.isPending}
        error={rotating.error}
        onYes={() => rotating.mutate(feed.id)}
        onNo={close}
      >
        <p>{t('calendar.subscribe.rotateText')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'revoke'}
        title={t('calendar.subscribe.revokeAsk', { name: feed.name })}
        yes={t('calendar.subscribe.revoke')}
        no={t('calendar.subscribe.revokeNo')}
        danger
        busy={revoking.isPending}
        error={revoking.error}
        onYes={() => revoking.mutate(feed.id)}
        onNo={close}
      >
        <p>{t('calendar.subscribe.revokeText')}</p>
      </ConfirmDialog>
    </div>
  );
}
