import { z } from 'zod';
import { idSchema, providerSchema } from './fields.ts';
import { pageOf } from './page.ts';

/** How a calendar of somebody else is doing, as those who plan see it. */
export const calendarStateSchema = z
  .enum(['connected', 'working', 'incomplete', 'delayed', 'paused', 'asks_owner', 'needs_sign_in'])
  .meta({
    id: 'CalendarState',
    description:
      '`working`: events are on their way; `incomplete`: some were refused; `delayed`: its provider has not taken changes for a ' +
      'while; `paused`: by its owner or an administrator; `asks_owner`: a question to its owner is open; `needs_sign_in`: its owner has to ' +
      'sign in there again.',
  });
export type CalendarState = z.infer<typeof calendarStateSchema>;

export const teamCalendarsSchema = z
  .object({
    user_id: idSchema,
    calendar_sync_enabled: z.boolean(),
    calendars: z
      .array(z.object({ provider: providerSchema, state: calendarStateSchema }))
      .meta({ description: 'Empty: none is connected.' }),
  })
  .meta({ id: 'TeamCalendars', description: 'How the calendars of one member of the staff are doing; no accounts.' });
export type TeamCalendarsJson = z.infer<typeof teamCalendarsSchema>;

export const teamCalendarsPageSchema = pageOf(teamCalendarsSchema).meta({ id: 'TeamCalendarsPage' });
export type TeamCalendarsPageJson = z.infer<typeof teamCalendarsPageSchema>;
