import type { Translated } from '../translated.ts';
import type { calendar as source } from '../en/calendar.ts';
import { subscribe } from './subscribe.ts';

export const calendar: Translated<typeof source> = {
  title: 'Kalender-Einstellungen',
  lead: 'Sehen Sie Ihre VALClean-Termine in dem Kalender, den Sie täglich benutzen.',
  loading: 'Ihre Kalender werden geladen …',
  notShown: 'Ihre Kalender können nicht angezeigt werden',
  notConnected: 'Nicht verbunden',
  lastChange: 'letzte Änderung',
  others: 'Apple und andere Kalender',
  syncNow: 'Jetzt abgleichen',
  syncing: 'Alles wird noch einmal geprüft',
  syncingMore: 'Was schon stimmt, bleibt unberührt.',
  banner: {
    label: 'Kalender braucht Ihre Hilfe',
    needsYou: '{calendar} braucht Ihre Hilfe',
    asks: '{calendar} hat eine Frage',
    toSettings: 'Zu den Kalender-Einstellungen',
    broken: 'Wir haben dort keinen Zugriff mehr; Ihre Termine werden deshalb nicht aktualisiert.',
    question: 'Viele Ihrer Termine würden auf einmal verschwinden. Wir warten auf Ihre Antwort.',
    whatToDo: 'Was ist zu tun?',
  },
  glance: {
    title: 'Ihr Kalender',
    loading: 'Ihr Kalender wird geladen …',
    toSettings: 'Kalender-Einstellungen',
    missing: 'Fehlt ein Termin? Öffnen Sie ihn, dort steht der Grund',
    takeBack: 'Zugriff zurücknehmen: „Trennen“ in den Einstellungen',
    none: 'Verbinden Sie einmal einen Kalender, dann erscheinen Ihre Termine dort von selbst.',
    subscribed: 'Abonniert',
    subscribedMore: 'Ein Kalenderprogramm liest Ihre Termine über eine geheime Adresse, zu selbst gewählten Zeiten.',
    good: 'Ihre Termine stehen in: {calendars}. {state}',
    busy: 'Ihre Termine sind unterwegs: {calendar}.',
    quiet: '{calendar} ist angehalten; Ihre Termine bleiben, wie sie sind.',
    warn: '{calendar} ist im Verzug oder hat eine Frage. In den Einstellungen steht, was zu tun ist.',
    bad: '{calendar} gewährt uns keinen Zugriff mehr. Verbinden Sie den Kalender neu, dann geht es dort weiter, wo es aufgehört hat.',
  },
  overall: {
    good: 'Aktuell',
    busy: 'Wird aktualisiert',
    warn: 'Bitte ansehen',
    bad: 'Ein Kalender braucht Ihre Hilfe',
    quiet: 'Angehalten',
    off: 'Ausgeschaltet',
    offMore: 'Ihre Kalender sind verbunden, es werden aber keine Termine eingetragen.',
    none: 'Verbinden Sie einen Kalender, dann erscheinen Ihre Termine dort von selbst.',
    broken: '{calendar} gewährt uns keinen Zugriff mehr. Verbinden Sie den Kalender unten neu.',
    look: '{calendar}: Der Grund steht unten.',
    onTheirWay: 'Ihre Termine sind unterwegs.',
    there: 'Ihre Termine stehen in Ihrem Kalender.',
    synced: 'Zuletzt abgeglichen {ago}.',
    yourCalendar: 'Ihrem Kalender',
    upcomingNone: 'Es gibt keine kommenden Termine für die Anzeige in {calendar}.',
    upcomingNoOther: 'Es gibt keine anderen kommenden Termine für die Anzeige in {calendar}.',
    upcomingSome:
      '{written, number} von {total, number} kommenden Terminen stehen in {calendar}, die übrigen sind unterwegs.',
    upcomingAll:
      '{total, plural, one {Ihr kommender Termin steht in {calendar}.} other {Alle # kommenden Termine stehen in {calendar}.}}',
    nextSome:
      '{written, number} Ihrer nächsten {total, number} Termine stehen in {calendar}, die übrigen sind unterwegs.',
    nextAll: 'Ihre nächsten {total, number} Termine stehen in {calendar}.',
    hidden:
      '{count, plural, one {Einer, den Sie dort gelöscht haben, bleibt weg.} other {#, die Sie dort gelöscht haben, bleiben weg.}}',
  },
  connection: {
    account: 'Konto',
    goesInto: 'Ziel',
    ownCalendar: 'Eigener Kalender',
    mainCalendar: 'Ihr Hauptkalender',
    named: '{kind}: {name}',
    writtenAhead: 'Zeitraum',
    lastSynced: 'Abgeglichen',
    notYet: 'Noch nicht',
    lastChange: 'Letzte Änderung',
    backfill: 'In Ihren Kalender eingetragene Termine',
    backfillMore: '{done, number} von {total, number} Terminen eingetragen',
    another: 'Anderen Kalender verwenden',
    pause: 'Anhalten',
    resume: 'Fortsetzen',
    pausing: 'Angehalten. Ihre Termine bleiben, wie sie sind.',
    resuming: 'Es geht weiter, und alles Versäumte wird nachgeholt.',
    disconnect: 'Trennen',
    connect: '{calendar} verbinden',
    reconnect: '{calendar} neu verbinden',
    state: {
      reauth_required: 'Anmeldung nötig',
      degraded: 'Verzögert',
      paused: 'Angehalten',
      asks: 'Frage an Sie',
      disconnecting: 'Wird getrennt',
      missing: 'Einzelne Termine fehlen',
      updating: 'Wird aktualisiert',
      active: 'Verbunden',
    },
    sentence: {
      reauth_required:
        '{calendar} gewährt uns keinen Zugriff mehr, deshalb ändert sich Ihr Kalender zurzeit nicht. Es geht nichts verloren: Verbinden Sie ihn neu, dann geht es dort weiter, wo es aufgehört hat.',
      degraded:
        '{calendar} hat unsere Änderungen seit einer Weile nicht angenommen. Wir versuchen es von selbst weiter.',
      paused: 'Das Büro hat diesen Kalender angehalten. Ihre Termine bleiben bis dahin, wie sie sind.',
      pausedByOwner:
        'Sie haben diesen Kalender angehalten. Ihre Termine bleiben, wie sie sind; was sich ändert, wird eingetragen, sobald Sie ihn fortsetzen.',
      asks: 'Wir haben hier angehalten und warten auf Ihre Antwort. Es geht nichts verloren.',
      disconnecting: 'Ihre Termine werden entfernt und unser Zugriff zurückgegeben. Sie können die Seite verlassen.',
      off: 'Der Abgleich ist ausgeschaltet, deshalb tragen wir in diesen Kalender keine Termine ein.',
      backfill: 'Ihre kommenden Termine werden eingetragen, die nächsten zuerst.',
      failed:
        '{count, plural, one {Ein Termin konnte nicht eingetragen werden.} other {# Termine konnten nicht eingetragen werden.}} Öffnen Sie den Termin: Dort steht der Grund, und Sie können es erneut versuchen.',
      pending: '{count, plural, one {Ein Termin ist unterwegs.} other {# Termine sind unterwegs.}}',
      active: 'Neue und geänderte Termine erscheinen dort von selbst.',
    },
    horizon: '{days, plural, one {# Tag im Voraus} other {# Tage im Voraus}}',
    horizonAndLater:
      '{days, plural, one {# Tag im Voraus.} other {# Tage im Voraus.}} {beyond, plural, one {Ein späterer Termin folgt, sobald der Tag näher rückt.} other {# spätere Termine folgen, sobald der Tag näher rückt.}}',
  },
  guard: {
    thanks: 'Vielen Dank',
    goesOn: 'Ihr Kalender läuft weiter.',
    notTaken: 'Ihre Antwort wurde nicht angenommen',
    removal: {
      question: 'Haben Sie {count, number} Ihrer {of, number} Termine gelöscht?',
      explanation:
        'Sie stehen nicht mehr in Ihrem Kalender. So viele auf einmal können auch das Versehen eines Programms sein.',
      keep: 'Nein, wieder eintragen',
      proceed: 'Ja, weglassen',
    },
    rules: {
      question: 'Dürfen {count, number} Ihrer {of, number} Termine entfernt werden?',
      explanation:
        'Nach unseren jetzigen Regeln betreffen sie Sie nicht mehr, obwohl niemand die Termine geändert hat.',
      keep: 'Nein, stehen lassen',
      proceed: 'Ja, entfernen',
    },
  },
  kind: {
    where: 'Wohin sollen Ihre Termine?',
    main: 'In meinen Hauptkalender',
    own: 'In einen eigenen Kalender namens VALClean',
    newOne: 'In einen neuen Kalender namens VALClean',
    ownHint: 'Er lässt sich für sich ein- und ausblenden und färben.',
  },
  offer: {
    google:
      'Sie melden sich bei Google an und erlauben uns, Termine einzutragen. Ihr Passwort sehen wir nie, und wir ändern nur unsere eigenen Termine.',
    outlook:
      'Sie melden sich bei Microsoft an und erlauben uns, Termine einzutragen. Ihr Passwort sehen wir nie, und wir ändern nur unsere eigenen Termine.',
    notAvailable: 'Nicht verfügbar',
    notSetUp:
      'Von Ihrem Unternehmen noch nicht eingerichtet. Bis dahin können Sie jeden Termin als Kalenderdatei herunterladen.',
    notBegun: 'Das Verbinden konnte nicht beginnen',
  },
  move: {
    text: 'Ihre Termine ziehen mit um. Sie werden noch einmal um Ihre Zustimmung gebeten; wählen Sie dort <b>{account}</b>.',
    yes: 'Termine umziehen',
    no: 'Nicht umziehen',
  },
  disconnecting: {
    ask: '{calendar} trennen?',
    yes: 'Trennen',
    no: 'Verbunden lassen',
    text: 'Neue und geänderte Termine erreichen <b>{account}</b> dann nicht mehr.',
    events: 'Was soll mit den Terminen geschehen, die schon dort stehen?',
    remove: 'Aus meinem Kalender entfernen',
    keep: 'Stehen lassen',
    keepHint: 'Sie bleiben, wie sie sind, auch wenn sich die Planung ändert.',
    permission: {
      google:
        'Unser Zugriff bei Google wird ebenfalls widerrufen, und was wir davon aufbewahren, wird gelöscht. <link>Selbst nachsehen</link>.',
      outlook:
        'Was wir von Ihrer Erlaubnis aufbewahren, wird gelöscht. Bei Microsoft kann keine App sie widerrufen: <link>So tun Sie es selbst</link>.',
      caldav:
        'Das App-Passwort, das wir aufbewahren, wird gelöscht. Bei Ihrem Anbieter gilt es, bis Sie es dort löschen: <link>So geht das</link>.',
    },
    begun: 'Wird getrennt',
    begunMore: 'Das dauert einen Moment. Sie können die Seite verlassen.',
  },
  administrator: {
    link: 'Link für Ihre Administration',
    copy: 'Link kopieren',
    itsMe: 'Das bin ich selbst',
  },
  caldav: {
    title: 'Verbinden',
    gives:
      'Sofort und in beide Richtungen: Ihre Termine erscheinen und ändern sich dort von selbst, und wir merken, was Sie löschen.',
    offer:
      'Für iCloud, Fastmail, Nextcloud und jeden anderen Kalender mit CalDAV. Sie geben uns ein App-Passwort, das wir verschlüsselt aufbewahren und das Sie bei Ihrem Anbieter jederzeit widerrufen können.',
    connect: 'Mit App-Passwort verbinden',
    again: 'Neu verbinden',
    service: 'Kalenderdienst',
    serverMissing: 'Geben Sie die Adresse ein.',
    username: 'Benutzername',
    usernameMissing: 'Geben Sie Ihren Benutzernamen ein.',
    password: 'App-Passwort',
    passwordMissing: 'Geben Sie das App-Passwort ein.',
    signIn: 'Anmelden',
    connectNow: 'Verbinden',
    back: 'Zurück',
    server: 'Server oder E-Mail-Adresse',
    icloud: {
      name: 'Apple iCloud',
      username: 'Apple Account (E-Mail-Adresse)',
      password:
        'Nicht das Passwort Ihres Apple Accounts, sondern ein eigenes für diese App, zum Beispiel abcd-efgh-ijkl-mnop.',
      page: 'Unter „Anmeldung und Sicherheit“ erstellen',
    },
    fastmail: {
      name: 'Fastmail',
      username: 'Fastmail-Adresse',
      password: 'Nicht Ihr übliches Passwort, sondern ein eigenes für diese App, mit Zugriff auf Kalender.',
      page: 'Unter „App passwords“ erstellen',
    },
    nextcloud: {
      name: 'Nextcloud',
      server: 'Adresse Ihrer Nextcloud',
      serverHint: 'Wie im Browser, zum Beispiel https://cloud.example.com',
      password: 'Erstellen Sie in Ihrer Nextcloud ein App-Passwort: Einstellungen, Sicherheit, Geräte & Sitzungen.',
    },
    other: {
      name: 'Anderer Server',
      serverHint: 'Die CalDAV-Adresse von der Hilfeseite Ihres Anbieters oder Ihre E-Mail-Adresse dort.',
      password: 'Ein App-Passwort, sofern Ihr Anbieter welche hat.',
    },
  },
  files: {
    title: 'Herunterladen',
    gives:
      'Ein Termin, wie er jetzt ist, in einer Datei, die jede Kalender-App öffnet und die sich nicht von selbst ändert.',
    text: 'Öffnen Sie einen <link>Ihrer Termine</link> und wählen Sie „Kalenderdatei (.ics)“. Ändert sich der Termin, laden Sie die Datei erneut herunter: Sie ersetzt die alte.',
  },
  subscribe,
  preferences: {
    title: 'Abgleich und Erinnerung',
    sync: 'Meinen Kalender aktuell halten',
    syncHint:
      'Ein: Neue Termine erscheinen von selbst, geänderte ziehen um, abgesagte verschwinden. Aus: Unsere Termine werden aus Ihren Kalendern entfernt; schalten Sie wieder ein, kommen sie zurück.',
    syncOn: 'Abgleich eingeschaltet',
    syncOff: 'Abgleich ausgeschaltet',
    remind: 'Erinnern',
    remindHint: 'Gilt für die Termine in Ihren verbundenen Kalendern.',
    remindSaved: 'Erinnerung gespeichert',
    asUsual: 'Wie in meinem Kalender üblich',
    atStart: 'Zu Beginn',
    minutesBefore: '{minutes, plural, one {# Minute vorher} other {# Minuten vorher}}',
    hoursBefore: '{hours, plural, one {# Stunde vorher} other {# Stunden vorher}}',
    daysBefore: '{days, plural, one {# Tag vorher} other {# Tage vorher}}',
    before: '{duration} vorher',
    notSaved: 'Die Einstellung wurde nicht gespeichert',
  },
  preview: {
    title: 'So sehen Ihre Termine aus',
    text: 'Ein erfundener Besuch, wie er im Kalender stünde. Alle Beteiligten haben einen eigenen Termin mit dem, was sie brauchen, und sonst nichts.',
    language: 'Die Wörter in den Terminen selbst stehen in der Sprache des Betriebs: Englisch.',
    whose: 'Wessen Kalender',
    mine: 'Meiner',
    when: 'Wann',
    where: 'Wo',
    alsoThere: 'Einstellungen',
    loading: 'Das Beispiel wird geladen …',
    notShown: 'Das Beispiel kann nicht angezeigt werden',
    busy: 'Als beschäftigt angezeigt',
    free: 'Als frei angezeigt',
    reminder: 'Erinnerung {duration} vorher',
    reminderAtStart: 'Erinnerung bei Beginn',
    usualReminder: 'Erinnerung wie in Ihrem Kalender üblich',
  },
  mails: {
    title: 'E-Mail',
    saved: 'E-Mail-Einstellungen gespeichert',
    off: 'Zurzeit werden keine E-Mails gesendet',
    offForAdmin:
      'Es ist kein Mailserver eingerichtet. E-Mails liegen als Dateien in DATA_DIR/outbox. Setzen Sie SMTP_URL und MAIL_FROM, um sie zu senden.',
    offMore:
      'E-Mail ist hier noch nicht eingerichtet, deshalb kommt bei Ihnen nichts an. Ihre Auswahl bleibt erhalten.',
    request_answers: {
      label: 'Sagen, wenn mein Wunsch nach einer anderen Zeit beantwortet ist',
      hint: 'Gilt für die Schaltfläche „Um eine andere Zeit bitten“ auf der Seite eines Termins.',
    },
    reschedule_requests: {
      label: 'Nachricht, wenn um eine andere Zeit gebeten wird',
      hint: 'Welcher Termin und welche Zeiten, zum Beantworten; die Administration erfährt von Terminen, deren Team keine Leitung hat.',
    },
    team_absences: {
      label: 'Nachricht, wenn jemand aus meinem Team verhindert ist',
      hint: 'Wer, bei welchen Terminen und warum, sobald es gemeldet ist; die Administration erfährt von denen ohne Teamleitung.',
    },
    appointment_changes: {
      label: 'Datei per E-Mail, wenn sich meine Termine ändern',
      hint: 'Für alle ohne verbundenen Kalender: Wird ein Termin bestätigt, verschoben oder abgesagt, kommt eine Datei zum Öffnen per E-Mail. Ein verbundener Kalender folgt von selbst, dann wird nichts gesendet.',
    },
    weekly_overview: {
      label: 'Wochenübersicht',
      hint: 'Ihre Termine der Woche, am Montagmorgen. Gibt es keine, wird nichts gesendet.',
    },
    calendar_trouble: {
      label: 'Nachricht, wenn ein Kalender meine Hilfe braucht',
      hint: 'Wenn Ihr Kalender erst wieder erreichbar ist, nachdem Sie sich dort neu angemeldet haben.',
    },
    appointment_files: {
      label: 'Dateien, die ich anfordere',
      hint: 'Gilt für die Schaltfläche „Datei per E-Mail“ auf der Seite eines Termins.',
    },
  },
  activity: {
    title: 'Verlauf',
    loading: 'Der Verlauf wird geladen …',
    notShown: 'Der Verlauf kann nicht angezeigt werden',
    none: 'Bisher ist nichts geschehen.',
    noneSuch: 'Davon ist noch nichts geschehen.',
    earlier: 'Früheres anzeigen',
    which: 'Welcher Kalender',
    every: 'Alle Kalender',
    what: 'Was geschehen ist',
    everything: 'Alles',
    events: 'Termine',
    settings: 'Einstellungen und Verbindungen',
    appointment: '{service}, {day}',
    connected:
      '{count, plural, =0 {Kalender verbunden} one {Kalender verbunden, ein Termin einzutragen} other {Kalender verbunden, # Termine einzutragen}}',
    event_created: '{count, plural, one {Ein Termin wurde eingetragen} other {# Termine wurden eingetragen}}',
    event_updated: '{count, plural, one {Ein Termin wurde aktualisiert} other {# Termine wurden aktualisiert}}',
    event_removed: '{count, plural, one {Ein Termin wurde entfernt} other {# Termine wurden entfernt}}',
    event_hidden:
      '{count, plural, one {Sie haben einen Termin gelöscht; er bleibt weg} other {Sie haben # Termine gelöscht; sie bleiben weg}}',
    event_put_back:
      '{count, plural, one {Ein von Ihnen geänderter Termin wurde zurückgesetzt} other {# von Ihnen geänderte Termine wurden zurückgesetzt}}',
    event_left_changed:
      '{count, plural, one {Sie haben einen Termin erneut geändert; er bleibt so} other {# Termine bleiben so, wie Sie sie geändert haben}}',
    event_left_behind:
      '{count, plural, one {Ein Termin blieb in Ihrem früheren Kalender} other {# Termine blieben in Ihrem früheren Kalender}}',
    event_failed:
      '{count, plural, one {Ein Termin konnte nicht eingetragen werden} other {# Termine konnten nicht eingetragen werden}}',
    disconnecting: 'Das Trennen hat begonnen',
    disconnected: 'Kalender getrennt',
    reauth_required: 'Der Kalender muss neu verbunden werden',
    sync_on: 'Abgleich eingeschaltet',
    sync_off: 'Abgleich ausgeschaltet',
    guard_asks: 'Viele Termine würden verschwinden: Sie werden zuerst gefragt',
    guard_answered: 'Sie haben zu den Terminen geantwortet, die verschwinden würden',
    paused: 'Das Büro hat diesen Kalender angehalten',
    resumed: 'Das Büro hat diesen Kalender fortgesetzt',
    paused_by_owner: 'Sie haben diesen Kalender angehalten',
    resumed_by_owner: 'Sie haben diesen Kalender fortgesetzt',
    restored: 'Ein gelöschter Termin wurde wiederhergestellt',
    feed_made: 'Eine Abo-Adresse wurde erstellt',
    feed_rotated: 'Eine Abo-Adresse wurde ersetzt',
    feed_revoked: 'Eine Abo-Adresse wurde widerrufen',
  },
  outcome: {
    gotIt: 'Verstanden',
    yourCalendar: 'Ihr Kalender',
    connected: '{calendar} verbunden',
    connectedMore: 'Ihre kommenden Termine erscheinen dort in wenigen Augenblicken.',
    allowed: 'Für Ihre ganze Organisation erlaubt',
    allowedMore: 'Alle dort können jetzt hier verbinden, jeder für sich: {calendar}.',
    finish: 'Verbinden abschließen: {calendar}',
    finishAsk: '{calendar} jetzt verbinden?',
    finishText:
      'Sie haben in einem anderen Browser oder einer anderen App zugestimmt als dort, wo Sie „Verbinden“ gewählt haben. Wenn Sie das waren, verbinden Sie den Kalender mit dem Konto von <b>{name}</b> ({email}).',
    finishYes: 'Ja, verbinden',
    finishNo: 'Nein, so lassen',
    finishLate:
      'Die zehn Minuten sind vorbei oder jemand anderes hat dies begonnen. Wählen Sie „Verbinden“, um neu zu beginnen.',
    other: 'Ein anderes Konto ({calendar})',
    otherText:
      'Sie haben sich mit einem anderen Konto angemeldet als dem, bei dem Ihre Anmeldung nötig ist. Ersetzen Sie es, ziehen Ihre Termine um; verwenden Sie beide, erscheinen sie in beiden. Beim alten ist Ihre Anmeldung dann weiterhin nötig.',
    otherInstead: 'Ersetzen',
    otherBoth: 'Beide verwenden',
    notConnected: '{calendar} wurde nicht verbunden',
    notConnectedNext:
      'Es wurde nichts geändert. Wählen Sie noch einmal „Verbinden“; wenn es wieder geschieht, wenden Sie sich an das Büro.',
    company: { google: 'Google', outlook: 'Microsoft', other: 'Der Anbieter' },
    access_denied:
      '{provider, select, google {Sie haben auf der Seite von Google abgelehnt, deshalb wurde nichts geändert. Wählen Sie „Verbinden“, wenn Sie es noch einmal versuchen möchten.} outlook {Sie haben auf der Seite von Microsoft abgelehnt, deshalb wurde nichts geändert. Wählen Sie „Verbinden“, wenn Sie es noch einmal versuchen möchten.} other {Sie haben auf der Seite des Anbieters abgelehnt, deshalb wurde nichts geändert. Wählen Sie „Verbinden“, wenn Sie es noch einmal versuchen möchten.}}',
    scope_missing: 'Eine Berechtigung fehlt',
    scope_missingNext:
      '{company} fragt, ob wir Termine in Ihren Kalender eintragen dürfen, und dort fehlte der Haken. Wählen Sie noch einmal „Verbinden“ und setzen Sie jeden Haken. Wir lesen und ändern nur unsere eigenen Termine.',
    state_mismatch: 'Das hat zu lange gedauert oder kam aus einem anderen Fenster',
    state_mismatchNext:
      'Zu Ihrer Sicherheit wurde nichts verbunden. Wählen Sie „Verbinden“ und schließen Sie es im selben Browser innerhalb von zehn Minuten ab.',
    account_already_linked: 'Dieses Konto gehört hier schon jemand anderem',
    account_already_linkedNext:
      '{provider, select, google {Dieses Google-Konto ist mit einem anderen VALClean-Konto verbunden. Melden Sie sich dort an und trennen Sie es, oder verbinden Sie ein anderes Konto.} outlook {Dieses Microsoft-Konto ist mit einem anderen VALClean-Konto verbunden. Melden Sie sich dort an und trennen Sie es, oder verbinden Sie ein anderes Konto.} other {Dieses Kalenderkonto ist mit einem anderen VALClean-Konto verbunden. Melden Sie sich dort an und trennen Sie es, oder verbinden Sie ein anderes Konto.}}',
    admin_consent_required: 'Ihr Unternehmen muss dies zuerst erlauben',
    admin_consent_requiredNext:
      '{provider, select, google {Die Administration Ihres Google-Kontos muss VALClean zuerst freigeben. Fragen Sie dort nach und wählen Sie dann noch einmal „Verbinden“.} outlook {Die Administration Ihres Microsoft-Kontos muss VALClean zuerst freigeben. Fragen Sie dort nach und wählen Sie dann noch einmal „Verbinden“.} other {Die Administration Ihres Kalenderkontos muss VALClean zuerst freigeben. Fragen Sie dort nach und wählen Sie dann noch einmal „Verbinden“.}}',
    no_mailbox: 'Dieses Konto hat keinen Kalender',
    no_mailboxNext:
      '{provider, select, google {Sie haben sich angemeldet, aber dieses Google-Konto hat kein Postfach mit einem Kalender, den wir erreichen; Gäste einer Organisation und Konten ohne Lizenz haben keines. Verbinden Sie ein anderes Konto.} outlook {Sie haben sich angemeldet, aber dieses Microsoft-Konto hat kein Postfach mit einem Kalender, den wir erreichen; Gäste einer Organisation und Konten ohne Lizenz haben keines. Verbinden Sie ein anderes Konto.} other {Sie haben sich angemeldet, aber dieses Konto hat kein Postfach mit einem Kalender, den wir erreichen; Gäste einer Organisation und Konten ohne Lizenz haben keines. Verbinden Sie ein anderes Konto.}}',
    provider_unavailable: '{company} ist zurzeit nicht erreichbar',
    provider_unavailableNext:
      'Es wurde nichts geändert. Warten Sie einige Minuten und wählen Sie dann noch einmal „Verbinden“.',
    provider_error: '{company} hat einen Fehler gemeldet',
  },
};
