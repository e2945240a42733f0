import { useState, type ReactElement } from 'react';
import type { FeedJson, NewFeedJson } from '../../../../src/api-contract/feeds.ts';
import { Card } from '../../components/Card.tsx';
import { FeedForm } from './FeedForm.tsx';
import { FeedLine } from './FeedLine.tsx';
import { NewFeed } from './NewFeed.tsx';
import classes from './SubscribeCard.module.css';

/** Secret addresses that any calendar program can subscribe to: to read, slower than a connected calendar. */
export function SubscribeCard({ feeds }: { feeds: readonly FeedJson[] }): ReactElement {
  // Only this page knows the address, and only until it is closed.
  const [shown, setShown] = useState<NewFeedJson | null>(null);
  return (
    <Card title="Subscribe">
      <div className={classes.parts}>
        <p className={classes.soft}>
          A secret address with all your appointments, for any calendar program. The program asks for news when it
          likes, so a connected calendar is much quicker. Whoever has the address sees your appointments: make one for
          each program, and revoke it when you no longer need it.
        </p>
        {shown !== null && <NewFeed key={shown.url} feed={shown} onDone={() => setShown(null)} />}
        {feeds.length > 0 && (
          <ul className={classes.lines} aria-label="Your addresses">
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
    </Card>
  );
}
