import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { EventPreviewJson } from '../../../../src/api-contract/calendar.ts';
import { Card } from '../../components/Card.tsx';
import { Fact, Facts } from '../../components/Facts.tsx';
import { Failure, Loading } from '../../components/Notices.tsx';
import { language, t } from '../../lib/t.ts';
import { formatDay, formatDuration, formatTimes } from '../../lib/time.ts';
import { previewQuery } from './api/preview-events.ts';
import classes from './PreviewCard.module.css';

/** How an event looks, before there is one; those who look after others see theirs, too. */
export function PreviewCard(): ReactElement {
  const query = useQuery(previewQuery());
  return (
    <Card title={t('calendar.preview.title')}>
      <p className={classes.text}>{t('calendar.preview.text')}</p>
      {query.isPending && <Loading words={t('calendar.preview.loading')} />}
      {query.isError && (
        <Failure title={t('calendar.preview.notShown')} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && <Previews previews={query.data} />}
    </Card>
  );
}

function Previews({ previews }: { previews: readonly EventPreviewJson[] }): ReactElement | null {
  const [own] = previews;
  const [role, setRole] = useState(own?.role);
  const shown = previews.find((preview) => preview.role === role) ?? own;
  if (shown === undefined) return null;
  return (
    <>
      {previews.length > 1 && (
        <SegmentedControl
          aria-label={t('calendar.preview.whose')}
          className={classes.roles}
          value={shown.role}
          onChange={(value) => setRole(previews.find((preview) => preview.role === value)?.role)}
          data={previews.map(({ role: each }) => ({
            value: each,
            label: each === own?.role ? t('calendar.preview.mine') : t(`people.role.${each}`),
          }))}
        />
      )}
      <Preview preview={shown} />
      {language() !== 'en' && <p className={classes.ours}>{t('calendar.preview.language')}</p>}
    </>
  );
}

function Preview({ preview }: { preview: EventPreviewJson }): ReactElement {
  const { starts_at: start, ends_at: end, time_zone: zone } = preview;
  return (
    <article className={classes.event} aria-live="polite">
      <h3 className={classes.title}>{preview.title}</h3>
      <Facts>
        <Fact icon="clock" label={t('calendar.preview.when')}>
          {formatDay(start, zone, new Date())}, {formatTimes(start, end, zone)}
        </Fact>
        <Fact icon="pin" label={t('calendar.preview.where')}>
          {preview.location}
        </Fact>
        <Fact icon="info" label={t('calendar.preview.alsoThere')}>
          {preview.busy ? t('calendar.preview.busy') : t('calendar.preview.free')} · {reminderWords(preview)}
        </Fact>
      </Facts>
      <p className={classes.description}>{preview.description}</p>
    </article>
  );
}

function reminderWords({ reminder_minutes: minutes }: EventPreviewJson): string {
  if (minutes === null) return t('calendar.preview.usualReminder');
  if (minutes === 0) return t('calendar.preview.reminderAtStart');
  return t('calendar.preview.reminder', { duration: formatDuration(minutes) });
}
