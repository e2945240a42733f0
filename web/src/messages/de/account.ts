import type { Translated } from '../translated.ts';
import type { account as source } from '../en/account.ts';

export const account: Translated<typeof source> = {
  title: 'Ihr Konto',
  lead: 'Wie wir Sie nennen und wie Sie sich anmelden.',
  loading: 'Ihr Konto wird geladen …',
  notShown: 'Ihr Konto kann nicht angezeigt werden',
  about: 'Über Sie',
  phoneOfCustomer: 'Für das Team auf dem Weg zu Ihnen.',
  phoneOfOthers: 'Für das Büro und Ihre Teamleitung.',
  timeZone: 'Zeitzone',
  timeZoneHint: 'Uhrzeiten in E-Mails richten sich danach, und neue Aufträge beginnen mit ihr.',
  language: 'Sprache der E-Mails',
  languageHint: 'Die der App wählen Sie oben im Menü; die E-Mails folgen ihr.',
  presentEmail: 'Jetzige Adresse',
  emailHint: 'Damit melden Sie sich an, und E-Mails gehen dorthin.',
  changeEmail: 'Adresse ändern',
  newEmail: 'Neue Adresse',
  newEmailHint: 'Wir schicken einen Link dorthin. Bevor Sie ihn öffnen, ändert sich nichts.',
  emailLinkSentMore:
    'Eine E-Mail an {email} ist unterwegs. Öffnen Sie den Link darin innerhalb von 24 Stunden; bis dahin melden Sie sich wie bisher an. Kommt nichts an, sehen Sie im Spam-Ordner nach oder fragen Sie im Büro.',
  emailLinkKeptMore:
    'Eine E-Mail an {email} liegt auf dem Server; der Link darin gilt einmal, innerhalb von 24 Stunden. Fragen Sie im Büro danach.',
  confirmEmail: 'Adresse bestätigen',
  confirmEmailLead: 'Danach melden Sie sich mit ihr an, und E-Mails gehen dorthin.',
  confirmEmailNow: 'Künftig mit dieser Adresse anmelden',
  emailChanged: 'Ihre Adresse ist geändert',
  emailChangedMore:
    'Künftig melden Sie sich mit der neuen an. Angemeldet bleiben Sie dort, wo Sie darum gebeten haben, sonst nirgends.',
  saved: 'Gespeichert',
  savedMore: 'Ihr Konto ist geändert.',
  presentPassword: 'Jetziges Passwort',
  presentMissing: 'Geben Sie Ihr jetziges Passwort ein.',
  changePassword: 'Passwort ändern',
  passwordChanged: 'Ihr Passwort ist geändert',
  passwordChangedMore: 'Hier bleiben Sie angemeldet. Auf anderen Geräten müssen Sie sich neu anmelden.',
};
