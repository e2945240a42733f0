import { fileMailSchema, type FileMailJson } from '../../../../../src/api-contract/calendar.ts';
import { ask } from '../../../lib/api.ts';

/** Has the appointment's calendar file sent to the reader's own address. */
export function mailCalendarFile(appointmentId: number): Promise<FileMailJson> {
  return ask(fileMailSchema, 'POST', `/api/calendar/ics/${appointmentId}/email/`);
}
