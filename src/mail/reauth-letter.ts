import type { ReauthFacts } from '../store/mails.ts';
import type { ProviderName } from '../sync/provider.ts';
import type { LetterText } from './letter.ts';
import { renderLetter } from './render.ts';

/** What letters say of the business. */
export interface MailSetting {
  businessName: string;
  /** Origin of the web app, without a slash at the end. */
  appUrl: string;
  /** What the app says of the trouble of an account that needs its owner, by its code. */
  troubleOf(code: string | null): string;
}

const CALENDARS: Readonly<Record<ProviderName, string>> = {
  google: 'Google calendar',
  outlook: 'Outlook calendar',
  caldav: 'calendar',
};

/** Tells the owner of an account that it needs them to sign in again. Nothing but their own name and account is in it. */
export function reauthLetter(facts: ReauthFacts, setting: MailSetting): LetterText {
  const { businessName, appUrl, troubleOf } = setting;
  const calendar = CALENDARS[facts.provider];
  return renderLetter({
    subject: `${businessName}: your ${calendar} needs you to sign in again`,
    greeting: `Hello ${facts.name},`,
    paragraphs: [
      `Your ${businessName} appointments no longer reach your ${calendar} (${facts.accountEmail}).`,
      troubleOf(facts.errorCode),
    ],
    action: { label: 'Sign in again', url: `${appUrl}/settings/calendar` },
    footnote: `You get this mail because you connected this calendar to ${businessName}. If you do not want it any more, disconnect it on the same page.`,
    signature: businessName,
  });
}
