import { sql, type Tx } from '../db/sql.ts';

/** Sets whether a person's calendars are kept up to date. @returns whether that is a change */
export async function switchSync(tx: Tx, userId: number, enabled: boolean, now: Date): Promise<boolean> {
  const switched = await sql`
    update users set calendar_sync_enabled = ${enabled}, updated_at = ${now}
     where id = ${userId} and calendar_sync_enabled <> ${enabled}`.execute(tx);
  return switched.numAffectedRows === 1n;
}

/** Sets the reminder of a person's events; `null` is their calendar's own default. @returns whether that is a change */
export async function setReminder(tx: Tx, userId: number, minutes: number | null, now: Date): Promise<boolean> {
  const set = await sql`
    update users set reminder_minutes = ${minutes}, updated_at = ${now}
     where id = ${userId} and reminder_minutes is distinct from ${minutes}`.execute(tx);
  return set.numAffectedRows === 1n;
}
