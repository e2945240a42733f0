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
  emailHint: 'Damit melden Sie sich an. Ändern kann sie das Büro.',
  saved: 'Gespeichert',
  savedMore: 'Ihr Konto ist geändert.',
  presentPassword: 'Jetziges Passwort',
  presentMissing: 'Geben Sie Ihr jetziges Passwort ein.',
  changePassword: 'Passwort ändern',
  passwordChanged: 'Ihr Passwort ist geändert',
  passwordChangedMore: 'Hier bleiben Sie angemeldet. Auf anderen Geräten müssen Sie sich neu anmelden.',
};
