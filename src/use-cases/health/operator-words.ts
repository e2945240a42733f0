/*
 * Troubles in words for administrators: what it is, and who can do what about it. What people themselves are told is in
 * calendar/error-words.ts.
 */

/** By code of a trouble; the web app has them in its other languages. */
export const OPERATOR_WORDS: Readonly<Record<string, string>> = {
  access_forbidden: 'The account may not write to its calendar any more. Its owner has to choose another one.',
  access_token_rejected: 'The service refused a fresh sign-in of the account. Its owner has to sign in again.',
  account_disabled: 'The account was switched off or deleted by its organisation. Its owner has to ask there.',
  admin_approval_needed: 'An administrator of the owner’s organisation has to allow this app.',
  admin_policy_enforced: 'A rule of the owner’s organisation forbids this app. Their administrator has to allow it.',
  api_disabled: 'The calendar API is switched off in our project. Switch it on in the provider’s console.',
  backend_error: 'The service has a fault of its own. It is tried again by itself.',
  billing_disabled: 'Billing is switched off for our project. Mend it in the provider’s console.',
  calendar_full: 'The account is full. Its owner has to make room.',
  calendar_gone: 'The calendar was deleted. Its owner has to choose another one.',
  calendar_read_only: 'The calendar is read-only. Its owner has to choose another one.',
  client_secret_expired: 'Our client secret has expired. Make a new one at the provider and put it into the settings.',
  connection_lost: 'The line broke before an answer came. The event is looked up, then tried again.',
  consent_withdrawn: 'The owner took back their consent. They have to give it again.',
  daily_limit:
    'Our project has used up its calls of the day. It goes on tomorrow; ask the provider for a higher quota.',
  deleted_client: 'Our client was deleted at the provider. Make a new one and put it into the settings.',
  deletion_guard: 'Many events would disappear at once. The owner is asked first.',
  event_changing: 'The owner changes the event at the same time. It is tried again by itself.',
  event_invalid: 'The service finds the event invalid. Look at the appointment’s times and texts, then retry.',
  field_missing: 'The service misses one of the event’s fields. Retry; if it stays, report it to the developers.',
  field_invalid: 'The service does not take one of the event’s fields. Look at the appointment’s texts, then retry.',
  grant_expired: 'The sign-in was not used for too long. The owner has to sign in again.',
  grant_revoked: 'The sign-in no longer holds: taken back, or a changed password. The owner has to sign in again.',
  host_unknown: 'The server’s name can’t be found. Its owner or their provider has to mend that.',
  invalid: 'The service does not take the event as it is. Look at the appointment, then retry.',
  invalid_client: 'The provider refuses our client id or secret. Check both in the settings.',
  mailbox_full: 'The mailbox is full. Its owner has to make room.',
  no_answer: 'No answer came. The event is looked up, then tried again.',
  no_mailbox: 'The account has no mailbox, so it has no calendar that we can reach.',
  no_progress: 'Work has been waiting for 15 minutes without success and without an error.',
  not_organizer: 'Somebody else is the organiser of the event, so we may not change it.',
  password_refused: 'The server no longer takes the app password. The owner has to connect with a new one.',
  paused_by_operator: 'Paused by an administrator. What is to be written waits.',
  paused_by_owner: 'Paused by its owner. What is to be written waits.',
  project_rate_limited: 'The service asks our whole app to go slower. It goes on by itself; ask for a higher quota.',
  project_suspended: 'Our project was suspended by the provider. Look for their mail and mend it in their console.',
  provider_error: 'The service answered with an error of its own. It is tried again by itself.',
  quota_exceeded: 'The service has paused the account for some hours: too many changes. It goes on by itself.',
  rate_limited: 'The service asks us to go slower. It goes on by itself.',
  reauth_required: 'The owner has to sign in again.',
  request_invalid: 'The service does not understand our request. Retry; if it stays, report it to the developers.',
  scope_missing: 'The owner has not allowed calendars. They have to connect again and leave the box ticked.',
  sign_in_rules: 'The owner’s organisation asks for a new sign-in under its own rules.',
  timeout: 'The service takes too long to answer. It is tried again by itself.',
  tls_failed: 'The server’s certificate is not valid. Its owner or their provider has to mend that.',
  token_endpoint_unavailable: 'The provider’s sign-in service is not available. It is tried again by itself.',
  token_rate_limited: 'The provider’s sign-in service asks us to go slower. It goes on by itself.',
  token_request_refused: 'The provider’s sign-in service refuses our request. Check client id, secret and tenant.',
  too_large: 'The event’s texts are too long for this service. Shorten the appointment’s notes, then retry.',
  unauthorized_client: 'Our client may not ask for this. Check its set-up at the provider.',
  unavailable: 'The service is busy. It goes on by itself.',
  unreachable: 'The service can’t be reached. It is tried again by itself.',
};

/** Words for a code; one that has none is told by its own name. */
export function operatorWords(code: string): string {
  return (
    OPERATOR_WORDS[code] ?? `The service said “${code.replaceAll('_', ' ')}”. Retry; if it stays, look into the log.`
  );
}
