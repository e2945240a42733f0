import { Title } from '@mantine/core';
import { useId, type ReactElement, type ReactNode } from 'react';
import type { CalendarJson } from '../../../../src/api-contract/calendar.ts';
import { Card } from '../../components/Card.tsx';
import { StatusTag } from '../../components/StatusTag.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { t } from '../../lib/t.ts';
import { CaldavOffer } from './CaldavParts.tsx';
import classes from './OtherCalendarsCard.module.css';
import { Subscriptions } from './Subscriptions.tsx';

/** For iPhone, Mac and every calendar without a card of its own: the ways in, the best first. */
export function OtherCalendarsCard({ calendar }: { calendar: CalendarJson }): ReactElement {
  const connected = calendar.connections.some(({ provider }) => provider === 'caldav');
  return (
    <Card title={t('calendar.others')}>
      <div className={classes.ways}>
        {calendar.providers.caldav.configured && !connected && (
          <Way
            title={t('calendar.caldav.title')}
            aside={<StatusTag status={{ tone: 'quiet', icon: 'minus', word: t('calendar.notConnected') }} />}
            gives={t('calendar.caldav.gives')}
          >
            <CaldavOffer />
          </Way>
        )}
        <Way title={t('calendar.subscribe.title')} gives={t('calendar.subscribe.gives')}>
          <Subscriptions feeds={calendar.feeds} />
        </Way>
        <Way title={t('calendar.files.title')} gives={t('calendar.files.gives')}>
          <p className={classes.soft}>{t.rich('calendar.files.text', { link: appointmentsLink })}</p>
        </Way>
      </div>
    </Card>
  );
}

/** What a way is called and what it gives, before how it is taken. */
function Way(props: { title: string; aside?: ReactNode; gives: string; children: ReactNode }): ReactElement {
  const id = useId();
  return (
    <section className={classes.way} aria-labelledby={id}>
      <div className={classes.what}>
        <div className={classes.head}>
          <Title order={3} id={id}>
            {props.title}
          </Title>
          {props.aside}
        </div>
        <p>{props.gives}</p>
      </div>
      {props.children}
    </section>
  );
}

function appointmentsLink(words: ReactNode): ReactElement {
  return (
    <TextLink to="/appointments" underline="always">
      {words}
    </TextLink>
  );
}
