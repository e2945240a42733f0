import type { Migration } from 'kysely/migration';
import * as businessAndSync from './0001-business-and-sync.ts';
import * as readBackAndBudgets from './0002-read-back-and-budgets.ts';
import * as mails from './0003-mails.ts';
import * as feeds from './0020-feeds.ts';
import * as letters from './0021-letters.ts';
import * as linkKeys from './0022-link-keys.ts';
import * as shownAt from './0023-shown-at.ts';
import * as absences from './0050-absences.ts';
import * as health from './0060-health.ts';
import * as markings from './0061-markings.ts';
import * as absenceMails from './0062-absence-mails.ts';
import * as rescheduleRequests from './0062-reschedule-requests.ts';
import * as passwordLinks from './0063-password-links.ts';
import * as languages from './0064-languages.ts';
import * as requestMails from './0065-request-mails.ts';
import * as emailChanges from './0066-email-changes.ts';
import * as absentDays from './0067-absent-days.ts';
import * as stateSince from './0068-state-since.ts';

/** Every migration, in order. Released ones are never changed, only added to. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-business-and-sync': businessAndSync,
  '0002-read-back-and-budgets': readBackAndBudgets,
  '0003-mails': mails,
  '0020-feeds': feeds,
  '0021-letters': letters,
  '0022-link-keys': linkKeys,
  '0023-shown-at': shownAt,
  '0050-absences': absences,
  '0060-health': health,
  '0061-markings': markings,
  '0062-absence-mails': absenceMails,
  '0062-reschedule-requests': rescheduleRequests,
  '0063-password-links': passwordLinks,
  '0064-languages': languages,
  '0065-request-mails': requestMails,
  '0066-email-changes': emailChanges,
  '0067-absent-days': absentDays,
  '0068-state-since': stateSince,
};
