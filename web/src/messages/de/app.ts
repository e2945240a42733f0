import type { Translated } from '../translated.ts';
import type { app as source } from '../en/app.ts';

export const app: Translated<typeof source> = {
  skip: 'Zum Inhalt springen',
  homeLink: 'VALClean, zur Seite „Heute“',
  accountOf: 'Konto von {name}',
  signOut: 'Abmelden',
  mailLanguageNotSaved: 'E-Mails an Sie bleiben in einer anderen Sprache',
  help: 'Hilfe (auf Englisch)',
  navigation: {
    label: 'Hauptnavigation',
    more: 'Mehr',
    today: 'Heute',
    myDay: 'Mein Tag',
    team: 'Woche',
    appointments: 'Termine',
    orders: 'Aufträge',
    people: 'Personen',
    services: 'Leistungen',
    health: 'Status',
    settings: 'Einstellungen',
  },
  home: {
    title: 'Heute',
    greeting: '{day}. Guten Tag, {name}. Ihre Uhr folgt der {zone}.',
  },
  loadingPage: 'Die Seite wird geladen …',
  notFound: 'Seite nicht gefunden',
  notFoundMore: 'Unter dieser Adresse gibt es nichts.',
  notFoundNext: 'Der Link ist vielleicht veraltet oder falsch geschrieben.',
  toToday: 'Zur Seite „Heute“',
  failed: 'Etwas ist schiefgegangen',
  notShown: 'Diese Seite kann nicht angezeigt werden',
};
