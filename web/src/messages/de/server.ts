/**
 * What the server says in English, by the stable codes of `docs/errors.md`; what is missing here is shown in English.
 * `problem` are refusals, `trouble` is what ails a calendar, `warning` comes along with what was carried out, `credentials`
 * are ours at a provider, `reminder` is why somebody was not reminded.
 */
export const server = {
  problem: {
    invalid_token: 'Ihre Sitzung ist abgelaufen. Melden Sie sich bitte neu an.',
    not_signed_in: 'Melden Sie sich bitte zuerst an.',
    invalid_credentials: 'E-Mail oder Passwort ist falsch.',
    account_deactivated: 'Dieses Konto wurde deaktiviert. Wenden Sie sich bitte an das Büro.',
    invalid_refresh_token: 'Ihre Sitzung ist beendet. Melden Sie sich bitte neu an.',
    refresh_token_reused: 'Ihre Sitzung wurde zur Sicherheit beendet. Melden Sie sich bitte neu an.',
    forbidden: 'Mit Ihrer Rolle ist das nicht möglich.',
    not_found: 'Das gibt es nicht oder Sie dürfen es nicht sehen.',
    route_not_found: 'Unter dieser Adresse gibt es nichts.',
    flow_not_found: 'Es wartet keine Verbindung auf Ihre Bestätigung. Verbinden Sie den Kalender bitte neu.',
    not_connected: 'Dieser Kalender ist nicht verbunden.',
    no_question: 'Zu diesem Kalender ist keine Frage mehr offen.',
    version_conflict:
      'Jemand hat dies inzwischen geändert. Laden Sie den aktuellen Stand und versuchen Sie es noch einmal.',
    waits_for_owner:
      'Dieser Kalender kann erst weiterlaufen, wenn sein Besitzer sich neu anmeldet oder antwortet. Erinnern Sie ihn per E-Mail.',
    connection_paused: 'Dieser Kalender ist angehalten. Setzen Sie ihn zuerst fort.',
    connection_leaving: 'Dieser Kalender wird gerade getrennt.',
    email_taken: 'Es gibt schon ein Konto mit dieser E-Mail-Adresse.',
    last_admin: 'Mindestens ein Konto der Administration muss aktiv bleiben. Ernennen Sie zuerst jemand anderen.',
    order_cancelled: 'Ein stornierter Auftrag kann nicht bestätigt werden.',
    appointment_closed: 'Ein abgesagter oder abgeschlossener Termin kann nicht mehr geändert werden.',
    request_open:
      'Sie haben schon um eine andere Zeit gebeten. Ziehen Sie das erst zurück, oder warten Sie auf die Antwort.',
    request_closed: 'Diese Anfrage ist nicht mehr offen. Laden Sie den Termin neu.',
    account_already_linked: 'Dieses Kalenderkonto hat schon jemand anderes verbunden.',
    connection_ambiguous: 'Bei diesem Anbieter sind mehrere Konten verbunden. Wählen Sie eines aus.',
    mails_switched_off: 'Sie haben diese E-Mails abbestellt. Schalten Sie sie zuerst in den Einstellungen ein.',
    nothing_to_restore: 'Der Termin ist in diesem Kalender nicht ausgeblendet.',
    too_many_feeds: 'Mehr als 20 Abos sind nicht möglich. Widerrufen Sie eines, das nicht mehr gelesen wird.',
    body_too_large: 'Das ist zu viel auf einmal.',
    invalid_request: 'Bitte prüfen Sie Ihre Angaben.',
    field_not_allowed: 'Mit Ihrer Rolle dürfen Sie eine dieser Angaben nicht machen.',
    field_required: 'Es fehlt eine Angabe.',
    unknown_time_zone: 'Diese Zeitzone gibt es nicht.',
    time_does_not_exist:
      'Diese Uhrzeit gibt es an dem Tag nicht, weil die Uhren umgestellt werden. Wählen Sie eine andere.',
    in_the_past: 'Dieser Zeitpunkt liegt in der Vergangenheit.',
    invalid_duration: 'Der Termin würde vor seinem Beginn enden oder zu lange dauern.',
    invalid_price: 'Der Gesamtpreis ist zu hoch.',
    invalid_recurrence: 'Diese Wiederholung ist nicht möglich.',
    too_many_occurrences: 'Diese Wiederholung ergibt zu viele Termine.',
    unknown_currency: 'Diese Währung gibt es nicht. Geben Sie drei Buchstaben an, zum Beispiel EUR.',
    unknown_calendar: 'Dieser Kalender gehört nicht zum Konto oder lässt sich nicht beschreiben.',
    calendar_not_made: 'Auf diesem Server kann kein neuer Kalender angelegt werden. Wählen Sie einen vorhandenen.',
    unknown_customer: 'Diesen Kunden gibt es nicht.',
    unknown_service: 'Diese Leistung kann nicht gebucht werden.',
    unknown_staff: 'Diese Personen können Sie nicht einteilen.',
    invalid_manager: 'Diese Person ist keine aktive Teamleitung.',
    invalid_link:
      'Der Link aus der E-Mail ist unvollständig oder nicht mehr gültig. Melden Sie sich an und wählen Sie Ihre E-Mails in den Einstellungen.',
    wrong_password: 'Das jetzige Passwort ist falsch.',
    too_many_attempts: 'Zu viele Fehlversuche. Warten Sie einige Minuten und versuchen Sie es dann noch einmal.',
    too_many_mails:
      'Mehr als 20 Dateien in einer Stunde verschicken wir nicht. Warten Sie etwas oder laden Sie die Datei herunter.',
    internal_error:
      'Bei uns ist ein Fehler aufgetreten. Versuchen Sie es noch einmal; wenn er bleibt, wenden Sie sich an das Büro.',
    busy: 'Gerade melden sich zu viele an. Versuchen Sie es gleich noch einmal.',
    database_unavailable:
      'Bei uns gibt es gerade eine Störung. Es wurde nichts geändert. Versuchen Sie es gleich noch einmal.',
    provider_not_configured: 'Dieser Anbieter ist hier noch nicht eingerichtet.',
    access_denied: 'Der Zugriff wurde nicht erlaubt.',
    scope_missing:
      'Der Haken für den Kalender fehlte. Verbinden Sie den Kalender neu und lassen Sie den Haken gesetzt.',
    state_mismatch:
      'Die Zustimmung wurde nicht hier begonnen oder hat zu lange gedauert. Verbinden Sie den Kalender neu.',
    admin_consent_required: 'Die Administration Ihrer Organisation muss die App zuerst erlauben.',
    no_mailbox: 'Dieses Microsoft-Konto hat kein Postfach, das wir erreichen. Verbinden Sie ein anderes Konto.',
    provider_unavailable: 'Der Anbieter hat nicht geantwortet. Versuchen Sie es später noch einmal.',
    provider_error: 'Der Anbieter hat die Verbindung abgelehnt.',
    server_not_found: 'Einen Server mit diesem Namen gibt es nicht. Prüfen Sie die Schreibweise.',
    server_unreachable: 'Der Server ist nicht erreichbar. Versuchen Sie es später noch einmal.',
    server_too_slow: 'Der Server hat nicht rechtzeitig geantwortet. Versuchen Sie es später noch einmal.',
    server_certificate: 'Das Zertifikat des Servers ist ungültig. Das Passwort wurde nicht gesendet.',
    server_not_encrypted: 'Die Adresse ist nicht verschlüsselt (https). Das Passwort wurde nicht gesendet.',
    server_not_allowed: 'Die Adresse liegt in einem privaten Netz und ist hier nicht erlaubt.',
    not_a_calendar_server:
      'Dort antwortet kein CalDAV-Server. Geben Sie die CalDAV-Adresse von der Hilfeseite Ihres Anbieters ein.',
    password_refused: 'Benutzername oder Passwort ist falsch. Verwenden Sie ein App-Passwort.',
    sign_in_not_supported:
      'Der Server verlangt eine Anmeldung, die wir nicht beherrschen. Erlauben Sie dort App-Passwörter.',
  },
  trouble: {
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
    ours: 'Bei uns ist etwas einzurichten. Danach geht es von selbst weiter.',
    refused:
      'Der Kalenderdienst hat diesen Termin nicht angenommen. Versuchen Sie es noch einmal; wenn es so bleibt, wenden Sie sich an Ihren Ansprechpartner im Büro.',
  },
  warning: {
    overlap: 'Jemand aus dem Team hat zur selben Zeit einen anderen Termin.',
    staff_unavailable: 'Eine im Auftrag genannte Person arbeitet hier nicht mehr. Teilen Sie jemand anderen ein.',
    moved_out_of_gap: 'Die Uhren werden an diesem Tag vorgestellt; der Termin liegt deshalb eine Stunde später.',
  },
  credentials: {
    accepted: 'Der Anbieter nimmt unsere Client-ID und den Clientschlüssel an.',
    unreachable: 'Der Anbieter konnte nicht gefragt werden. Versuchen Sie es später noch einmal.',
    not_needed: 'Alle verbinden sich mit einem eigenen Passwort.',
    not_configured: 'In den Einstellungen fehlen Client-ID und Clientschlüssel.',
  },
  reminder: {
    unknown: 'Dieses Kalenderkonto gibt es nicht (mehr).',
    needs_nobody: 'Der Kalender braucht seinen Besitzer nicht.',
    reminded_today: 'Der Besitzer wurde in den letzten 24 Stunden schon erinnert.',
    owner_inactive: 'Das Konto des Besitzers ist deaktiviert.',
    mails_switched_off: 'Der Besitzer hat E-Mails über Kalender, die ihn brauchen, abbestellt.',
  },
};
