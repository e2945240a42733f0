import {
  CHOICE_OF,
  loadReauthFacts,
  loadReminderFacts,
  loadRecipient,
  type ClaimedMail,
  type Recipient,
} from '../store/mails.ts';
import type { MailChoice } from '../store/mail-choices.ts';
import { unsubscribeUrl } from '../use-cases/unsubscribe.ts';
import { absenceLetter } from './absence-letter.ts';
import { answerLetter } from './answer-letter.ts';
import { changesLetter } from './changes-letter.ts';
import type { LetterDesk } from './desk.ts';
import { assignedLetter, changedLetter, confirmationLetter } from './email-letter.ts';
import { fileLetter } from './file-letter.ts';
import type { Letter } from './letter.ts';
import type { LetterParts } from './letter-parts.ts';
import { passwordLetter } from './password-letter.ts';
import { reauthLetter, reminderLetter } from './reauth-letter.ts';
import { renderLetter } from './render.ts';
import { requestLetter } from './request-letter.ts';
import { weeklyLetter } from './weekly-letter.ts';
import { WORDS } from './words/words.ts';

/** Makes the letter from what the tables say now; `null` when it would no longer be true, or is not wanted any more. */
export async function writeLetter(desk: LetterDesk, mail: ClaimedMail): Promise<Letter | null> {
  const recipient = await loadRecipient(desk.database.db, mail);
  const parts = recipient && (await partsOf(desk, mail, recipient));
  if (!recipient || !parts) return null;
  const unsubscribe = switchOff(desk, recipient, CHOICE_OF[mail.kind]);
  const { calendarFile = null, to, language = recipient.language, ...content } = parts;
  return {
    id: mail.messageId,
    to: to ?? { name: recipient.name, address: recipient.email },
    unsubscribeUrl: unsubscribe?.url ?? null,
    calendarFile,
    ...renderLetter({
      greeting: WORDS[language].greeting(recipient.name),
      ...content,
      language,
      signature: desk.settings.businessName,
      unsubscribe,
    }),
  };
}

function switchOff(
  { cipher, settings }: LetterDesk,
  { id: userId, language }: Recipient,
  choice: MailChoice | null,
): { label: string; url: string } | null {
  if (choice === null) return null;
  return { label: WORDS[language].switchOff(choice), url: unsubscribeUrl(cipher, settings.appUrl, { userId, choice }) };
}

async function partsOf(desk: LetterDesk, mail: ClaimedMail, recipient: Recipient): Promise<LetterParts | null> {
  switch (mail.kind) {
    case 'reauth_required': {
      const facts = await loadReauthFacts(desk.database.db, mail.id);
      return facts && reauthLetter(facts, desk, recipient);
    }
    case 'connection_reminder': {
      const facts = await loadReminderFacts(desk.database.db, mail.id);
      return facts && reminderLetter(facts, desk, recipient);
    }
    case 'appointment_file':
      return fileLetter(desk, mail, recipient);
    case 'appointment_changes':
      return changesLetter(desk, mail, recipient);
    case 'absence':
      return absenceLetter(desk, mail, recipient);
    case 'reschedule_request':
      return requestLetter(desk, mail, recipient);
    case 'request_answer':
      return answerLetter(desk, mail, recipient);
    case 'weekly_overview':
      return weeklyLetter(desk, mail, recipient);
    case 'invitation':
    case 'password_reset':
      return passwordLetter(desk, mail, mail.kind, recipient);
    case 'email_confirmation':
      return confirmationLetter(desk, mail, recipient);
    case 'email_changed':
      return changedLetter(desk, mail, recipient);
    case 'email_assigned':
      return assignedLetter(desk, recipient);
  }
}
