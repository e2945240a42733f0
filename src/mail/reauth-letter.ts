import type { ReauthFacts, ReminderFacts } from '../store/mails.ts';
import type { ProviderName } from '../sync/provider.ts';
import type { LetterDesk } from './desk.ts';
import type { LetterParts } from './letter-parts.ts';

const CALENDARS: Readonly<Record<ProviderName, string>> = {
  google: 'Google calendar',
  outlook: 'Outlook calendar',
  caldav: 'calendar',
};

/** Tells the owner of an account that it needs them to sign in again. Nothing but their own name and account is in it. */
export function reauthLetter(facts: ReauthFacts, { settings, troubleOf }: LetterDesk): LetterParts {
  const { businessName, appUrl } = settings;
  const calendar = CALENDARS[facts.provider];
  return {
    subject: `${businessName}: your ${calendar} needs you to sign in again`,
    paragraphs: [
      `Your ${businessName} appointments no longer reach your ${calendar} (${facts.accountEmail}).`,
      troubleOf(facts.errorCode),
    ],
    action: { label: 'Sign in again', url: `${appUrl}/settings/calendar` },
    footnote: `You get this mail because you connected this calendar to ${businessName}. If you do not want it any more, disconnect it on the same page.`,
  };
}

/** The operator asks again; the owner may have missed the first mail. */
export function reminderLetter(facts: ReminderFacts, desk: LetterDesk): LetterParts {
  const { businessName, appUrl } = desk.settings;
  const calendar = CALENDARS[facts.provider];
  const parts = reauthLetter(facts, desk);
  if (!facts.asks) return { ...parts, subject: `Reminder: ${parts.subject}` };
  return {
    ...parts,
    subject: `Reminder: ${businessName} has a question about your ${calendar}`,
    paragraphs: [
      `Many of your ${businessName} events would disappear from your ${calendar} (${facts.accountEmail}) at once.`,
      'We changed nothing and wait for your answer. New appointments do not reach this calendar until then.',
    ],
    action: { label: 'Answer the question', url: `${appUrl}/settings/calendar` },
  };
}
