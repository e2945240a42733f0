import type { Translated } from '../translated.ts';
import type { common as source } from '../en/common.ts';

export const common: Translated<typeof source> = {
  provider: { google: 'Google Kalender', outlook: 'Outlook', caldav: 'CalDAV-Kalender' },
  pageTitle: '{title} · VALClean',
  language: 'Sprache',
  languageNotLoaded: 'Die Sprache konnte nicht gewechselt werden',
  tryAgain: 'Erneut versuchen',
  showMore: 'Mehr anzeigen',
  cancel: 'Abbrechen',
  save: 'Speichern',
  done: 'Fertig',
  edit: 'Bearbeiten',
  copy: 'Kopieren',
  copied: 'Kopiert',
  didNotWork: 'Das hat nicht geklappt',
  closeMessage: 'Meldung schließen',
  skippedTime: 'Am {day} gibt es {time} nicht: Die Uhren werden vorgestellt. Wählen Sie {before} oder {after}.',
  absentDay: '{person} ist am {from} verhindert.',
  absentDays: '{person} ist von {from} bis {until} verhindert.',
  overlap: '{person} ist zur selben Zeit bei {customer}: {day}, {times}.',
  close: 'Schließen',
  form: {
    markedFields: 'Bitte prüfen Sie die markierten Felder',
    changedMeanwhile: 'Jemand hat dies inzwischen geändert',
    nothingSaved:
      'Ihre Änderungen wurden nicht gespeichert. Sehen Sie sich den aktuellen Stand an und entscheiden Sie dann neu.',
    wholeBetween: 'Geben Sie eine ganze Zahl von {least} bis {most} ein.',
    between: 'Geben Sie eine Zahl von {least} bis {most} ein.',
    dayTooFar: 'Wählen Sie einen Tag bis Ende 2199.',
    phoneWrong: 'Geben Sie eine Telefonnummer wie +41 44 123 45 67 ein.',
    isNow: 'Ihre Eingaben sind noch da. Wenn Sie noch einmal speichern, ersetzen sie den aktuellen Stand:',
    loadCurrent: 'Aktuellen Stand laden',
  },
  connection: {
    name: 'Verbindung',
    offline: 'Sie sind offline. Bis die Verbindung wieder da ist, kann nichts gespeichert werden.',
    unreachable: 'VALClean ist nicht erreichbar. Solange kann nichts gespeichert werden.',
    waits: 'Dies wird geladen, sobald die Verbindung wieder da ist.',
  },
  problem: {
    unreachable:
      'VALClean ist gerade nicht erreichbar. Prüfen Sie Ihre Internetverbindung und versuchen Sie es noch einmal.',
    offline:
      'Sie sind offline. Es wurde nichts gespeichert; versuchen Sie es noch einmal, sobald die Verbindung wieder da ist.',
    ours: 'Auf dieser Seite ist ein Fehler aufgetreten. Laden Sie sie neu; wenn das nicht hilft, wenden Sie sich an das Büro.',
    notFound: 'Das haben wir nicht gefunden.',
    tooOften: 'Das war zu oft. Warten Sie etwas und versuchen Sie es dann noch einmal.',
    atServer: 'Bei VALClean gibt es gerade eine Störung. Bitte versuchen Sie es in einer Minute noch einmal.',
    other: 'Das hat nicht geklappt. Laden Sie die Seite neu und versuchen Sie es noch einmal.',
    signedOut: 'Sie wurden abgemeldet. Melden Sie sich wieder an, um fortzufahren.',
    updated: 'VALClean wurde inzwischen aktualisiert. Laden Sie die Seite neu, um fortzufahren.',
  },
};
