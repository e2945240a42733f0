import { sql, type Db, type Tx } from '../db/sql.ts';

/** Which kinds of mail a person wants. */
export interface MailChoices {
  /** A calendar account needs its owner. */
  calendarTrouble: boolean;
  /** The file of an appointment, each time they ask for it. */
  appointmentFiles: boolean;
  /** A file whenever an appointment is confirmed, moved or cancelled, while no calendar is connected. */
  appointmentChanges: boolean;
  weeklyOverview: boolean;
  /** Somebody whose visits they plan can't come. */
  teamAbsences: boolean;
  /** The customer of a visit that they plan asks for another time. */
  rescheduleRequests: boolean;
  /** Their wish for another time is answered. */
  requestAnswers: boolean;
}

export type MailChoice = keyof MailChoices;

const COLUMNS: Readonly<Record<MailChoice, string>> = {
  calendarTrouble: 'mail_calendar_trouble',
  appointmentFiles: 'mail_appointment_files',
  appointmentChanges: 'mail_appointment_changes',
  weeklyOverview: 'mail_weekly_overview',
  teamAbsences: 'mail_team_absences',
  rescheduleRequests: 'mail_reschedule_requests',
  requestAnswers: 'mail_request_answers',
};

export const MAIL_CHOICES = Object.keys(COLUMNS) as MailChoice[];

/** `null` when there is no such person. */
export async function loadMailChoices(db: Db, userId: number): Promise<MailChoices | null> {
  const found = await sql<MailChoices>`
    select mail_calendar_trouble as "calendarTrouble", mail_appointment_files as "appointmentFiles",
           mail_appointment_changes as "appointmentChanges", mail_weekly_overview as "weeklyOverview",
           mail_team_absences as "teamAbsences", mail_reschedule_requests as "rescheduleRequests",
           mail_request_answers as "requestAnswers"
      from users where id = ${userId}`.execute(db);
  return found.rows[0] ?? null;
}

/** Sets one choice. @returns whether that is a change */
export async function setMailChoice(
  tx: Tx,
  userId: number,
  choice: MailChoice,
  wanted: boolean,
  now: Date,
): Promise<boolean> {
  const column = sql.ref(COLUMNS[choice]);
  const set = await sql`
    update users set ${column} = ${wanted}, updated_at = ${now} where id = ${userId} and ${column} <> ${wanted}`.execute(
    tx,
  );
  return set.numAffectedRows === 1n;
}

/** SQL: whether the user `u` wants mails of this kind. */
export function wantsMail(choice: MailChoice): ReturnType<typeof sql<boolean>> {
  return sql<boolean>`${sql.ref(`u.${COLUMNS[choice]}`)}`;
}
