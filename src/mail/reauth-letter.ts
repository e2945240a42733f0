import type { ReauthFacts, Recipient, ReminderFacts } from '../store/mails.ts';
import type { LetterDesk } from './desk.ts';
import type { LetterParts } from './letter-parts.ts';
import { WORDS } from './words/words.ts';

/** Tells the owner of an account that it needs them to sign in again. Nothing but their own name and account is in it. */
export function reauthLetter(
  { provider, accountEmail, errorCode }: ReauthFacts,
  desk: LetterDesk,
  { language }: Recipient,
): LetterParts {
  const { businessName } = desk.settings;
  const words = WORDS[language].reauth;
  return {
    subject: words.subject(businessName, provider),
    paragraphs: [words.noLonger(businessName, provider, accountEmail), desk.troubleOf(errorCode, language)],
    action: { label: words.signIn, url: calendarUrl(desk) },
    footnote: words.footnote(businessName),
  };
}

/** The operator asks again; the owner may have missed the first mail. */
export function reminderLetter(facts: ReminderFacts, desk: LetterDesk, recipient: Recipient): LetterParts {
  const { provider, accountEmail, asks } = facts;
  const { businessName } = desk.settings;
  const words = WORDS[recipient.language].reauth;
  const parts = reauthLetter(facts, desk, recipient);
  if (!asks) return { ...parts, subject: words.reminder(parts.subject) };
  return {
    ...parts,
    subject: words.questionSubject(businessName, provider),
    paragraphs: [words.question(businessName, provider, accountEmail), words.waiting],
    action: { label: words.answerIt, url: calendarUrl(desk) },
  };
}

/** Where people sign in again, and answer. */
function calendarUrl({ settings }: LetterDesk): string {
  return `${settings.appUrl}/settings/calendar`;
}
