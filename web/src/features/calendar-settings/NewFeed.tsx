import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { NewFeedJson } from '../../../../src/api-contract/feeds.ts';
import { Icon } from '../../components/Icon.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { subscribersOf, type Subscriber } from './feed-words.ts';
import { QrCode } from './QrCode.tsx';
import classes from './SubscribeCard.module.css';

/** A new address, shown this once, and the ways into calendar programs. */
export function NewFeed({ feed, onDone }: { feed: NewFeedJson; onDone: () => void }): ReactElement {
  return (
    <section className={classes.fresh} aria-label={`New address of ${feed.name}`}>
      <StatusStrip tone="warn" icon="key" title="Copy it now: the address is shown this once">
        <p>Lost it? Make a new one. Treat it like a password.</p>
      </StatusStrip>
      <Address url={feed.url} />
      {feed.url.startsWith('http:') && (
        <p className={classes.soft}>
          This address is not public: Google and Outlook, which read it from the internet, can’t reach it.
        </p>
      )}
      <div className={classes.ways}>
        <figure className={classes.code}>
          <QrCode className={classes.square} text={feed.webcal_url} label={`QR code of the address of ${feed.name}`} />
          <figcaption className={classes.soft}>For the camera of your phone</figcaption>
        </figure>
        <ul className={classes.lines}>
          {subscribersOf(feed).map((subscriber) => (
            <li key={subscriber.name}>
              <Way subscriber={subscriber} />
            </li>
          ))}
        </ul>
      </div>
      <div>
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
      </div>
    </section>
  );
}

function Address({ url }: { url: string }): ReactElement {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'by hand'>('no');
  useEffect(() => field.current?.focus(), []);
  async function copy(): Promise<void> {
    // Without https browsers give no access to the clipboard.
    const done = await Promise.resolve(navigator.clipboard?.writeText(url)).then(
      () => navigator.clipboard !== undefined,
      () => false,
    );
    if (!done) field.current?.select();
    setCopied(done ? 'yes' : 'by hand');
  }
  return (
    <div>
      <div className={classes.form}>
        <TextInput
          ref={field}
          label="Secret address"
          value={url}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => void copy()} leftSection={<Icon name={copied === 'yes' ? 'check' : 'link'} size={18} />}>
          {copied === 'yes' ? 'Copied' : 'Copy address'}
        </Button>
      </div>
      <p role="status" className={classes.soft}>
        {copied === 'yes' && 'The address is in your clipboard.'}
        {copied === 'by hand' && 'Your browser does not allow it: the address is marked, copy it yourself.'}
      </p>
    </div>
  );
}

function Way({ subscriber }: { subscriber: Subscriber }): ReactElement {
  return (
    <div>
      <Button
        component="a"
        variant="default"
        size="sm"
        href={subscriber.href}
        leftSection={<Icon name={subscriber.isPage ? 'external' : 'calendar'} size={18} />}
        {...(subscriber.isPage && { target: '_blank', rel: 'noreferrer' })}
      >
        {subscriber.button}
      </Button>
      <p className={classes.soft}>{subscriber.pace}</p>
    </div>
  );
}
