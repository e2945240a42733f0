import { calendarSchema, changeCalendarSchema } from '../../../api-contract/calendar.ts';
import { changeCalendarSettings } from '../../../use-cases/calendar/change-calendar-settings.ts';
import { showCalendar } from '../../../use-cases/calendar/show-calendar.ts';
import { EVERYBODY, type App, type RouteDeps } from '../../route.ts';
import { calendarJson } from './json.ts';

/** `PATCH /api/calendar/` */
export function changeCalendarRoute(app: App, { calendar }: RouteDeps): void {
  app.patch('/api/calendar/', {
    config: { access: EVERYBODY },
    schema: {
      summary: 'Switch sync on or off, choose the reminder and the mails',
      description: 'Switching sync off removes the events from the calendars, switching it on brings them back.',
      tags: ['Calendar'],
      body: changeCalendarSchema,
      response: { 200: calendarSchema },
    },
    handler: async ({ context, caller, body }) => {
      const whole = { ...context, ...calendar };
      await changeCalendarSettings(whole, caller, {
        calendarSyncEnabled: body.calendar_sync_enabled,
        reminderMinutes: body.reminder_minutes,
        mails: {
          calendarTrouble: body.mails?.calendar_trouble,
          appointmentFiles: body.mails?.appointment_files,
          appointmentChanges: body.mails?.appointment_changes,
          weeklyOverview: body.mails?.weekly_overview,
          teamAbsences: body.mails?.team_absences,
          rescheduleRequests: body.mails?.reschedule_requests,
          requestAnswers: body.mails?.request_answers,
        },
      });
      return calendarJson(await showCalendar(whole, caller));
    },
  });
}
