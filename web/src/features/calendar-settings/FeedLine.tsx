import { Button, Group } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { FeedJson, NewFeedJson } from '../../../../src/api-contract/feeds.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { formatMoment } from '../../lib/time.ts';
import { fetchedWords } from './feed-words.ts';
import classes from './SubscribeCard.module.css';
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
            {feed.fetches === 0 ? '' : `${feed.fetches} times in all.`}
          </span>
        </p>
      </div>
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          aria-label={`New address for ${feed.name}`}
          onClick={() => setAsking('rotate')}
        >
          New address
        </Button>
        <Button
          variant="default"
          size="xs"
          c="var(--bad-ink)"
          aria-label={`Revoke ${feed.name}`}
          onClick={() => setAsking('revoke')}
        >
          Revoke
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking === 'rotate'}
        title={`A new address for ${feed.name}?`}
        yes="Make a new address"
        no="Keep the present one"
        busy={rotating.isPending}
        error={rotating.error}
        onYes={() => rotating.mutate(feed.id)}
        onNo={close}
      >
        <p>The present address stops working at once. Subscribe to the new one wherever you used it.</p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'revoke'}
        title={`Revoke ${feed.name}?`}
        yes="Revoke"
        no="Keep it"
        danger
        busy={revoking.isPending}
        error={revoking.error}
        onYes={() => revoking.mutate(feed.id)}
        onNo={close}
      >
        <p>The address stops working at once. Calendars that subscribed to it show old events until you remove them.</p>
      </ConfirmDialog>
    </div>
  );
}
