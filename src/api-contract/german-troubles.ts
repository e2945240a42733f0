/**
 * What ails a calendar, in German for its owner, by the codes of `docs/errors.md`. `reauth_required`, `refused` and `ours`
 * speak of the account, of one event and of us in general, for codes that have no words of their own; `owner_needed` is
 * told to others.
 */
export const GERMAN_TROUBLES: Readonly<Record<string, string>> = {
  calendar_gone:
    'Der Kalender, in den wir geschrieben haben, wurde gelöscht. Verbinden Sie ihn neu und wählen Sie, wohin Ihre Termine sollen.',
  scope_missing:
    'Wir dürfen nicht mehr in diesen Kalender schreiben. Verbinden Sie ihn neu und lassen Sie den Haken für den Kalender gesetzt.',
  quota_exceeded:
    'Der Kalenderdienst hat dieses Konto für einige Stunden angehalten. Danach geht es von selbst weiter.',
  consent_withdrawn:
    'Sie haben Ihre Zustimmung beim Kalenderdienst zurückgenommen. Verbinden Sie den Kalender neu, um sie wieder zu geben.',
  grant_expired:
    'Unser Zugriff auf diesen Kalender wurde so lange nicht genutzt, dass er abgelaufen ist. Verbinden Sie ihn neu.',
  sign_in_rules:
    'Ihre Organisation verlangt eine neue Anmeldung nach eigenen Regeln. Verbinden Sie den Kalender neu und folgen Sie ihnen.',
  account_disabled:
    'Ihre Organisation hat dieses Konto gesperrt oder es besteht nicht mehr. Fragen Sie dort Ihre Administration.',
  admin_approval_needed:
    'Die Administration Ihrer Organisation muss diese App erlauben. Fragen Sie dort nach und verbinden Sie den Kalender dann neu.',
  no_mailbox:
    'Dieses Konto hat in Microsoft 365 kein Postfach und damit keinen Kalender, den wir erreichen. Wir sehen täglich nach.',
  mailbox_full: 'Ihr Postfach ist voll. Schaffen Sie Platz, dann geht es von selbst weiter.',
  password_refused:
    'Der Server nimmt das App-Passwort nicht mehr an. Verbinden Sie den Kalender mit einem neuen; es geht nichts verloren.',
  access_forbidden:
    'Wir dürfen nicht mehr in diesen Kalender schreiben. Verbinden Sie ihn neu und wählen Sie einen eigenen Kalender.',
  calendar_full: 'Ihr Kalenderkonto ist voll. Schaffen Sie Platz, dann geht es von selbst weiter.',
  unreachable: 'Der Kalenderserver ist nicht erreichbar. Wir versuchen es weiter.',
  host_unknown: 'Der Name des Kalenderservers ist zurzeit nicht bekannt. Wir versuchen es weiter.',
  tls_failed:
    'Das Zertifikat des Kalenderservers ist ungültig, deshalb sprechen wir nicht mit ihm. Wir sehen von selbst wieder nach.',
  timeout: 'Der Kalenderserver antwortet nicht. Wir versuchen es weiter.',
  unavailable: 'Der Kalenderdienst ist überlastet. Es geht von selbst weiter.',
  deletion_guard:
    'Viele Ihrer Termine würden auf einmal verschwinden. Wir warten auf Ihre Antwort, bevor wir etwas tun.',
  paused_by_owner:
    'Sie haben diesen Kalender angehalten. Ihre Termine bleiben, wie sie sind; was sich ändert, wird beim Fortsetzen eingetragen.',
  paused_by_operator:
    'Das Büro hat diesen Kalender angehalten. Es geht nichts verloren: Er läuft dort weiter, wo er stehen geblieben ist.',
  provider_paused:
    'Das Büro hat alle Kalender dieser Art vorübergehend angehalten. Es geht nichts verloren: Sie laufen von selbst weiter.',
  no_progress:
    'In diesem Kalender ist seit einer Weile nichts angekommen, obwohl kein Fehler gemeldet wurde. Wir versuchen es weiter.',
  rate_limited: 'Der Kalenderdienst bittet uns, langsamer zu arbeiten. Es geht von selbst weiter.',
  reauth_required:
    'Das Kalenderkonto verlangt eine neue Anmeldung. Es geht nichts verloren: Wir holen alles nach, sobald Sie es neu verbinden.',
  owner_needed:
    'Wem dieser Kalender gehört, muss sich dort neu anmelden. Es geht nichts verloren: Danach geht es von selbst weiter.',
  ours: 'Bei uns ist etwas einzurichten. Danach geht es von selbst weiter.',
  refused:
    'Der Kalenderdienst hat diesen Termin nicht angenommen. Versuchen Sie es noch einmal; wenn es so bleibt, wenden Sie sich an Ihren Ansprechpartner im Büro.',
};
