import { DAY } from '../../base/time.ts';
import { queueMail } from '../../store/mails.ts';
import { lockWatched, type LockedConnection } from '../../store/watched-connections.ts';
import type { UseCaseContext } from '../context.ts';

/** More than one reminder a day is a nuisance. */
const ONE_EVERY_MS = DAY;

export type NotReminded = 'unknown' | 'needs_nobody' | 'reminded_today' | 'owner_inactive' | 'mails_switched_off';

export interface Reminders {
  reminded: number[];
  notReminded: { id: number; reason: NotReminded; message: string }[];
}

const WORDS: Readonly<Record<NotReminded, string>> = {
  unknown: 'There is no such calendar account (any more).',
  needs_nobody: 'It does not need its owner.',
  reminded_today: 'Its owner was reminded within the last 24 hours.',
  owner_inactive: 'Its owner’s account is deactivated.',
  mails_switched_off: 'Its owner has switched off mails about calendars that need them.',
};

/** Mails the owners of accounts that need them; says of each account whether, and why not. */
export async function remindOwners({ database, clock }: UseCaseContext, ids: readonly number[]): Promise<Reminders> {
  const asked = [...new Set(ids)];
  return database.transaction(async (tx) => {
    const now = clock.now();
    // Locked, so that two administrators at once send one mail.
    const found = new Map((await lockWatched(tx, asked)).map((connection) => [connection.id, connection]));
    const reminders: Reminders = { reminded: [], notReminded: [] };
    for (const id of asked) {
      const connection = found.get(id);
      const reason = connection ? reasonAgainst(connection, now) : 'unknown';
      if (reason !== null || !connection) {
        reminders.notReminded.push({ id, reason: reason ?? 'unknown', message: WORDS[reason ?? 'unknown'] });
        continue;
      }
      const mail = { userId: connection.userId, kind: 'connection_reminder', connectionId: id } as const;
      await queueMail(tx, { ...mail, key: `remind:${id}:${now.toISOString()}` }, now);
      reminders.reminded.push(id);
    }
    return reminders;
  });
}

function reasonAgainst(connection: LockedConnection, now: Date): NotReminded | null {
  const { needsOwner, ownerActive, ownerWantsMail, remindedAt } = connection;
  if (!needsOwner) return 'needs_nobody';
  if (!ownerActive) return 'owner_inactive';
  if (!ownerWantsMail) return 'mails_switched_off';
  return remindedAt !== null && now.getTime() - remindedAt.getTime() < ONE_EVERY_MS ? 'reminded_today' : null;
}
