/** Troubles of calendars as administrators are told them: what it is, and who can do what about it. */
export const operator = {
  access_forbidden: 'Das Konto darf nicht mehr in seinen Kalender schreiben. Wem er gehört, muss einen anderen wählen.',
  access_token_rejected:
    'Der Dienst hat eine frische Anmeldung des Kontos abgelehnt. Wem es gehört, muss sich neu anmelden.',
  account_disabled: 'Die Organisation hat das Konto gesperrt oder gelöscht. Wem es gehört, muss dort nachfragen.',
  admin_approval_needed: 'Die Administration der Organisation, zu der das Konto gehört, muss diese App erlauben.',
  admin_policy_enforced:
    'Eine Regel der Organisation, zu der das Konto gehört, verbietet diese App. Die Administration dort muss sie erlauben.',
  api_disabled:
    'Die Kalender-Schnittstelle ist in unserem Projekt ausgeschaltet. Schalten Sie sie in der Konsole des Anbieters ein.',
  backend_error: 'Beim Dienst ist ein Fehler aufgetreten. Es wird von selbst noch einmal versucht.',
  billing_disabled: 'Die Abrechnung unseres Projekts ist ausgeschaltet. Beheben Sie das in der Konsole des Anbieters.',
  calendar_full: 'Das Konto ist voll. Wem es gehört, muss Platz schaffen.',
  calendar_gone: 'Der Kalender wurde gelöscht. Wem er gehörte, muss einen anderen wählen.',
  calendar_read_only: 'Der Kalender lässt sich nur lesen. Wem er gehört, muss einen anderen wählen.',
  client_secret_expired:
    'Unser Clientschlüssel ist abgelaufen. Erstellen Sie beim Anbieter einen neuen und tragen Sie ihn in den Einstellungen ein.',
  connection_lost:
    'Die Leitung brach ab, bevor eine Antwort kam. Der Termin wird gesucht und dann noch einmal versucht.',
  consent_withdrawn: 'Die Zustimmung wurde zurückgenommen und muss neu gegeben werden.',
  daily_limit:
    'Unser Projekt hat seine Aufrufe für heute verbraucht. Morgen geht es weiter; bitten Sie den Anbieter um ein höheres Kontingent.',
  deleted_client:
    'Unser Client wurde beim Anbieter gelöscht. Erstellen Sie einen neuen und tragen Sie ihn in den Einstellungen ein.',
  deletion_guard: 'Viele Termine würden auf einmal verschwinden. Wem der Kalender gehört, wird zuerst gefragt.',
  event_changing: 'Der Termin wird im Kalender gerade von Hand geändert. Es wird von selbst noch einmal versucht.',
  event_invalid:
    'Der Dienst hält den Termin für ungültig. Prüfen Sie Zeiten und Texte und versuchen Sie es noch einmal.',
  field_missing:
    'Dem Dienst fehlt eine Angabe des Termins. Versuchen Sie es noch einmal; wenn es so bleibt, melden Sie es der Entwicklung.',
  field_invalid:
    'Der Dienst nimmt eine Angabe des Termins nicht an. Prüfen Sie die Texte und versuchen Sie es noch einmal.',
  grant_expired: 'Die Anmeldung wurde zu lange nicht genutzt und muss erneuert werden.',
  grant_revoked:
    'Die Anmeldung gilt nicht mehr: zurückgenommen, oder das Passwort wurde geändert. Sie muss erneuert werden.',
  host_unknown:
    'Der Name des Servers ist nicht zu finden. Das muss beheben, wem der Kalender gehört, oder dessen Anbieter.',
  invalid: 'Der Dienst nimmt den Termin so nicht an. Prüfen Sie ihn und versuchen Sie es noch einmal.',
  invalid_client:
    'Der Anbieter lehnt unsere Client-ID oder unseren Clientschlüssel ab. Prüfen Sie beide in den Einstellungen.',
  mailbox_full: 'Das Postfach ist voll. Wem es gehört, muss Platz schaffen.',
  no_answer: 'Es kam keine Antwort. Der Termin wird gesucht und dann noch einmal versucht.',
  no_mailbox: 'Das Konto hat kein Postfach und damit keinen Kalender, den wir erreichen.',
  no_progress: 'Seit 15 Minuten wartet Arbeit, ohne Erfolg und ohne Fehler.',
  not_organizer: 'Den Termin hat jemand anderes angelegt, deshalb dürfen wir ihn nicht ändern.',
  password_refused:
    'Der Server nimmt das App-Passwort nicht mehr an. Der Kalender muss mit einem neuen verbunden werden.',
  paused_by_operator: 'Von der Administration angehalten. Was zu schreiben ist, wartet.',
  paused_by_owner: 'Von der Person angehalten, der er gehört. Was zu schreiben ist, wartet.',
  project_rate_limited:
    'Der Dienst bittet unsere ganze App, langsamer zu arbeiten. Es geht von selbst weiter; bitten Sie um ein höheres Kontingent.',
  project_suspended:
    'Der Anbieter hat unser Projekt gesperrt. Suchen Sie nach seiner E-Mail und beheben Sie es in seiner Konsole.',
  provider_error: 'Der Dienst hat einen eigenen Fehler gemeldet. Es wird von selbst noch einmal versucht.',
  quota_exceeded:
    'Der Dienst hat das Konto für einige Stunden angehalten: zu viele Änderungen. Es geht von selbst weiter.',
  rate_limited: 'Der Dienst bittet uns, langsamer zu arbeiten. Es geht von selbst weiter.',
  reauth_required: 'Wem das Konto gehört, muss sich dort neu anmelden.',
  request_invalid:
    'Der Dienst versteht unsere Anfrage nicht. Versuchen Sie es noch einmal; wenn es so bleibt, melden Sie es der Entwicklung.',
  scope_missing:
    'Kalender wurden nicht erlaubt. Der Kalender muss neu verbunden werden, der Haken muss gesetzt bleiben.',
  sign_in_rules: 'Die Organisation, zu der das Konto gehört, verlangt eine neue Anmeldung nach eigenen Regeln.',
  timeout: 'Der Dienst braucht zu lange für eine Antwort. Es wird von selbst noch einmal versucht.',
  tls_failed:
    'Das Zertifikat des Servers ist ungültig. Das muss beheben, wem der Kalender gehört, oder dessen Anbieter.',
  token_endpoint_unavailable:
    'Der Anmeldedienst des Anbieters ist nicht verfügbar. Es wird von selbst noch einmal versucht.',
  token_rate_limited: 'Der Anmeldedienst des Anbieters bittet uns, langsamer zu arbeiten. Es geht von selbst weiter.',
  token_request_refused:
    'Der Anmeldedienst des Anbieters lehnt unsere Anfrage ab. Prüfen Sie Client-ID, Clientschlüssel und Mandant.',
  too_large:
    'Die Texte des Termins sind für diesen Dienst zu lang. Kürzen Sie die Notizen und versuchen Sie es noch einmal.',
  unauthorized_client: 'Unser Client darf das nicht. Prüfen Sie, wie er beim Anbieter eingerichtet ist.',
  unavailable: 'Der Dienst ist überlastet. Es geht von selbst weiter.',
  unreachable: 'Der Dienst ist nicht erreichbar. Es wird von selbst noch einmal versucht.',
};
