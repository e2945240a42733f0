import { useState, type ReactElement } from 'react';
import type { FeedJson, NewFeedJson } from '../../../../src/api-contract/feeds.ts';
import { t } from '../../lib/t.ts';
import { FeedForm } from './FeedForm.tsx';
import { FeedLine } from './FeedLine.tsx';
import { NewFeed } from './NewFeed.tsx';
import classes from './Subscriptions.module.css';

/** Secret addresses that any calendar program can subscribe to: to read, slower than a connected calendar. */
export function Subscriptions({ feeds }: { feeds: readonly FeedJson[] }): ReactElement {
  // Only this page knows the address, and only until it is closed.
  const [shown, setShown] = useState<NewFeedJson | null>(null);
  return (
    <div className={classes.parts}>
      <p className={classes.soft}>{t('calendar.subscribe.text')}</p>
      {shown !== null && <NewFeed key={shown.url} feed={shown} onDone={() => setShown(null)} />}
      {feeds.length > 0 && (
        <ul className={classes.lines} aria-label={t('calendar.subscribe.yours')}>
          {feeds.map((feed) => (
            <li key={feed.id}>
              <FeedLine
                feed={feed}
                onRotated={setShown}
                onRevoked={() => setShown((now) => (now?.id === feed.id ? null : now))}
              />
            </li>
          ))}
        </ul>
      )}
      {shown === null && <FeedForm onMade={setShown} />}
    </div>
  );
}
