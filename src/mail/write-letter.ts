import type { Db } from '../db/sql.ts';
import { loadReauthFacts, type ClaimedMail } from '../store/mails.ts';
import type { Letter } from './letter.ts';
import { reauthLetter, type MailSetting } from './reauth-letter.ts';

/** Makes the letter from what the tables say now; `null` when it would no longer be true. */
export async function writeLetter(db: Db, mail: ClaimedMail, setting: MailSetting): Promise<Letter | null> {
  switch (mail.kind) {
    case 'reauth_required': {
      const facts = await loadReauthFacts(db, mail.id);
      if (!facts) return null;
      const to = { name: facts.name, address: facts.email };
      return { id: mail.messageId, to, ...reauthLetter(facts, setting) };
    }
  }
}
