import { Select, Stack, Switch } from '@mantine/core';
import type { ReactElement } from 'react';
import type { CalendarJson } from '../../../../src/api-contract/calendar.ts';
import { Card } from '../../components/Card.tsx';
import { t } from '../../lib/t.ts';
import { formatDuration } from '../../lib/time.ts';
import { useChangeCalendar } from './use-calendar-actions.ts';

const USUAL = 'default';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Minutes before the start. */
const REMINDERS = [0, 15, 30, 60, 120, 1440, 2880] as const;

export function SyncPreferences({ calendar }: { calendar: CalendarJson }): ReactElement {
  const change = useChangeCalendar(({ calendar_sync_enabled: on }) => {
    if (on === undefined) return t('calendar.preferences.remindSaved');
    return on ? t('calendar.preferences.syncOn') : t('calendar.preferences.syncOff');
  });
  return (
    <Card title={t('calendar.preferences.title')}>
      <Stack gap="lg">
        <Switch
          label={t('calendar.preferences.sync')}
          description={t('calendar.preferences.syncHint')}
          checked={calendar.calendar_sync_enabled}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ calendar_sync_enabled: event.currentTarget.checked })}
        />
        <Select
          label={t('calendar.preferences.remind')}
          description={t('calendar.preferences.remindHint')}
          value={calendar.reminder_minutes === null ? USUAL : String(calendar.reminder_minutes)}
          onChange={(value) =>
            change.mutate({ reminder_minutes: value === null || value === USUAL ? null : Number(value) })
          }
          allowDeselect={false}
          disabled={change.isPending}
          data={reminderChoices(calendar.reminder_minutes)}
        />
      </Stack>
    </Card>
  );
}

/** A value that was set elsewhere is offered too, so that the field never shows something that is not so. */
function reminderChoices(minutes: number | null): { value: string; label: string }[] {
  const offered = [...REMINDERS, ...(minutes === null || REMINDERS.some((each) => each === minutes) ? [] : [minutes])];
  return [
    { value: USUAL, label: t('calendar.preferences.asUsual') },
    ...offered.map((each) => ({ value: String(each), label: reminderWords(each) })),
  ];
}

function reminderWords(minutes: number): string {
  if (minutes === 0) return t('calendar.preferences.atStart');
  if (minutes < HOUR) return t('calendar.preferences.minutesBefore', { minutes });
  if (minutes % DAY === 0) return t('calendar.preferences.daysBefore', { days: minutes / DAY });
  if (minutes % HOUR === 0) return t('calendar.preferences.hoursBefore', { hours: minutes / HOUR });
  return t('calendar.preferences.before', { duration: formatDuration(minutes) });
}
