import { HOUR } from '../../base/time.ts';
import { partOf } from '../../domain/audience.ts';
import { BusinessError, notFound } from '../../domain/errors.ts';
import { loadAppointments } from '../../store/appointments.ts';
import { loadMailChoices } from '../../store/mail-choices.ts';
import { fileMailsSince, queueFileMail } from '../../store/mails.ts';
import { lockUser } from '../../store/users.ts';
import type { Caller } from '../context.ts';
import type { CalendarContext, MailDelivery } from './context.ts';

/** More than anybody needs; keeps an account in somebody else's name from filling their letter box. */
const MOST_AN_HOUR = 20;

/** Where the mail goes. */
export interface FileMail {
  email: string;
  delivery: MailDelivery;
}

/**
 * Queues a mail with the iCalendar file of an appointment to the caller's own address. Asked for several times before it
 * is on its way, it is sent once.
 * @throws BusinessError 404 for those not concerned; 409 `mails_switched_off`; 429 `too_many_mails`
 */
export async function mailAppointmentFile(context: CalendarContext, caller: Caller, id: number): Promise<FileMail> {
  return context.database.transaction(async (tx) => {
    const [appointment] = await loadAppointments(tx, [id]);
    if (!appointment || partOf(appointment, caller) === null) throw notFound('appointment');
    // Two requests at once are counted one after the other.
    const user = await lockUser(tx, caller.id);
    const choices = await loadMailChoices(tx, caller.id);
    if (!user || !choices) throw notFound('user');
    if (!choices.appointmentFiles) throw switchedOff();
    const now = context.clock.now();
    const lately = await fileMailsSince(tx, caller.id, new Date(now.getTime() - HOUR));
    const first = lately.at(-MOST_AN_HOUR);
    if (first !== undefined) throw tooMany(first.getTime() + HOUR - now.getTime());
    await queueFileMail(tx, { userId: caller.id, appointmentId: id }, now);
    return { email: user.email, delivery: context.mailDelivery };
  });
}

function switchedOff(): BusinessError {
  return new BusinessError(
    'conflict',
    'mails_switched_off',
    'Files by e-mail are switched off. Switch them on in Settings → Calendar, then ask again.',
  );
}

function tooMany(waitMs: number): BusinessError {
  return new BusinessError(
    'too_many',
    'too_many_mails',
    `At most ${MOST_AN_HOUR} files are mailed within an hour. Download the file, or wait a little.`,
    { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) },
  );
}
