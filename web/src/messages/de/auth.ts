import type { Translated } from '../translated.ts';
import type { auth as source } from '../en/auth.ts';

export const auth: Translated<typeof source> = {
  email: 'E-Mail',
  password: 'Passwort',
  signIn: 'Anmelden',
  signInLead: 'Behalten Sie Ihre Termine im Blick und Ihren eigenen Kalender aktuell.',
  signedOut: 'Sie wurden abgemeldet',
  signedOutNext: 'Melden Sie sich wieder an, dann geht es dort weiter, wo Sie waren.',
  newHere: 'Neu hier?',
  createAccount: 'Konto erstellen',
  emailMissing: 'Geben Sie die E-Mail-Adresse Ihres Kontos ein.',
  passwordMissing: 'Geben Sie Ihr Passwort ein.',
  wrongPair: 'E-Mail oder Passwort ist falsch',
  wrongPairNext:
    'Prüfen Sie beides und versuchen Sie es noch einmal. Achten Sie beim Passwort auf Groß- und Kleinschreibung.',
  tooManyTries: 'Zu viele Versuche',
  waitSome: 'Warten Sie einige Minuten, bevor Sie es noch einmal versuchen.',
  wait: '{minutes, plural, one {Warten Sie eine Minute, bevor Sie es noch einmal versuchen.} other {Warten Sie etwa # Minuten, bevor Sie es noch einmal versuchen.}}',
  signInFailed: 'Die Anmeldung hat nicht geklappt',
  register: 'Konto erstellen',
  registerLead: 'Buchen Sie Reinigungen und sehen Sie die Termine in Ihrem eigenen Kalender.',
  haveAccount: 'Sie haben schon ein Konto?',
  name: 'Name',
  nameMissing: 'Geben Sie Ihren Namen ein.',
  emailWrong: 'Geben Sie eine E-Mail-Adresse wie jane@example.com ein.',
  phone: 'Telefon (optional)',
  passwordShort: '{length, plural, other {Verwenden Sie mindestens # Zeichen.}}',
  passwordHint: '{length, plural, other {Mindestens # Zeichen. Einige Wörter hintereinander lassen sich gut merken.}}',
  create: 'Konto erstellen',
};
