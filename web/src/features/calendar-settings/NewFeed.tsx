import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { NewFeedJson } from '../../../../src/api-contract/feeds.ts';
import { Icon } from '../../components/Icon.tsx';
import { StatusStrip } from '../../components/StatusTag.tsx';
import { t } from '../../lib/t.ts';
import { reachOf, subscribersOf, type Subscriber } from './feed-words.ts';
import { QrCode } from './QrCode.tsx';
import classes from './Subscriptions.module.css';

/** A new address, shown this once, and the ways into calendar programs. */
export function NewFeed({ feed, onDone }: { feed: NewFeedJson; onDone: () => void }): ReactElement {
  const reach = reachOf(feed.url);
  // Google and Outlook read it from the internet, and take no address without https.
  const isPublic = reach === 'everywhere' && feed.url.startsWith('https:');
  return (
    <section className={classes.fresh} aria-label={t('calendar.subscribe.newOf', { name: feed.name })}>
      <StatusStrip tone="warn" icon="key" title={t('calendar.subscribe.copyNow')}>
        <p>{t('calendar.subscribe.copyNowMore')}</p>
      </StatusStrip>
      <Address url={feed.url} />
      {!isPublic && (
        <p className={classes.soft}>
          {reach === 'device' ? t('calendar.subscribe.onlyHere') : t('calendar.subscribe.notPublic')}
        </p>
      )}
      <div className={classes.ways}>
        <figure className={classes.code}>
          <QrCode
            className={classes.square}
            text={feed.webcal_url}
            label={t('calendar.subscribe.qrCode', { name: feed.name })}
          />
          <figcaption className={classes.soft}>
            {reach === 'device' ? t('calendar.subscribe.noCamera') : t('calendar.subscribe.camera')}
          </figcaption>
        </figure>
        <ul className={classes.lines}>
          {subscribersOf(feed).map((subscriber) => (
            <li key={subscriber.name}>
              <Way subscriber={subscriber} isReached={isPublic || !subscriber.isPage} />
            </li>
          ))}
        </ul>
      </div>
      <div>
        <Button variant="default" onClick={onDone}>
          {t('common.done')}
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
          label={t('calendar.subscribe.address')}
          value={url}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => void copy()} leftSection={<Icon name={copied === 'yes' ? 'check' : 'link'} size={18} />}>
          {copied === 'yes' ? t('common.copied') : t('calendar.subscribe.copy')}
        </Button>
      </div>
      <p role="status" className={classes.soft}>
        {copied === 'yes' && t('calendar.subscribe.copied')}
        {copied === 'by hand' && t('calendar.subscribe.copyByHand')}
      </p>
    </div>
  );
}

/** `isReached`: the address can be read from there. */
function Way({ subscriber, isReached }: { subscriber: Subscriber; isReached: boolean }): ReactElement {
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
      <p className={classes.soft}>{isReached ? subscriber.pace : t('calendar.subscribe.cannotReach')}</p>
    </div>
  );
}
