import { Select, Stack, Switch } from '@mantine/core';
import type { ReactElement } from 'react';
import type { CalendarJson } from '../../../../src/api-contract/calendar.ts';
import { Card } from '../../components/Card.tsx';
import { formatDuration } from '../../lib/time.ts';
import { useChangeCalendar } from './use-calendar-actions.ts';

const USUAL = 'default';

const REMINDERS: readonly { value: string; label: string }[] = [
  { value: USUAL, label: 'As my calendar usually does' },
  { value: '0', label: 'When it starts' },
  { value: '15', label: '15 minutes before' },
  { value: '30', label: '30 minutes before' },
  { value: '60', label: '1 hour before' },
  { value: '120', label: '2 hours before' },
  { value: '1440', label: '1 day before' },
  { value: '2880', label: '2 days before' },
];

export function SyncPreferences({ calendar }: { calendar: CalendarJson }): ReactElement {
  const change = useChangeCalendar(({ calendar_sync_enabled: on }) => {
    if (on === undefined) return 'Reminder saved';
    return on ? 'Sync switched on' : 'Sync switched off';
  });
  return (
    <Card title="Preferences">
      <Stack gap="lg">
        <Switch
          label="Keep my calendar in sync"
          description="On: new appointments appear by themselves, changed ones move, cancelled ones disappear. Off: our events are removed from your calendars; switch it on again, and they come back."
          checked={calendar.calendar_sync_enabled}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ calendar_sync_enabled: event.currentTarget.checked })}
        />
        <Select
          label="Remind me"
          description="Holds for the appointments in your connected calendars."
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
  if (minutes === null || REMINDERS.some(({ value }) => value === String(minutes))) return [...REMINDERS];
  return [...REMINDERS, { value: String(minutes), label: `${formatDuration(minutes)} before` }];
}
