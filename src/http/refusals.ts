import { z } from 'zod';

const ORDER = [
  ...[
    'field_not_allowed',
    'field_required',
    'unknown_customer',
    'unknown_service',
    'unknown_staff',
    'unknown_time_zone',
  ],
  ...[
    'time_does_not_exist',
    'in_the_past',
    'invalid_duration',
    'invalid_price',
    'invalid_recurrence',
    'too_many_occurrences',
  ],
];
const CLOSED = ['appointment_closed'];
const NOT_CONFIGURED = ['provider_not_configured'];
const LOGIN = [
  ...['server_not_found', 'server_unreachable', 'server_too_slow', 'server_certificate', 'server_not_encrypted'],
  ...['server_not_allowed', 'not_a_calendar_server', 'password_refused', 'sign_in_not_supported', 'too_many_attempts'],
];

/** What single calls are refused with, beside what follows from their form. A new code is added where it belongs. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  'GET /readyz': ['not_ready'],
  'GET /metrics': ['invalid_token', 'forbidden'],

  'POST /api/auth/register/': ['email_taken', 'unknown_time_zone', 'busy'],
  'POST /api/auth/login/': ['invalid_credentials', 'account_deactivated', 'too_many_attempts', 'busy'],
  'POST /api/auth/refresh/': ['invalid_refresh_token', 'refresh_token_reused'],
  'POST /api/auth/password/forgot/': ['too_many_attempts'],
  'POST /api/auth/password/check/': ['invalid_link', 'too_many_attempts'],
  'POST /api/auth/password/set/': ['invalid_link', 'too_many_attempts', 'busy'],
  'POST /api/auth/email/': ['wrong_password', 'same_email', 'too_many_attempts', 'too_many_mails', 'busy'],
  'POST /api/auth/email/confirm/': ['invalid_link', 'too_many_attempts'],
  'PATCH /api/auth/me/': ['unknown_time_zone', 'wrong_password', 'too_many_attempts', 'busy'],
  'POST /api/users/': ['email_taken', 'invalid_manager', 'unknown_time_zone', 'busy'],
  'POST /api/users/{id}/invite/': ['person_deactivated', 'too_many_mails'],
  'PATCH /api/users/{id}/': ['email_taken', 'own_email', 'last_admin', 'invalid_manager', 'unknown_time_zone', 'busy'],

  'POST /api/services/': ['unknown_currency'],
  'PATCH /api/services/{id}/': ['unknown_currency'],

  'POST /api/orders/': ORDER,
  'POST /api/orders/{id}/confirm/': ['order_cancelled'],

  'PATCH /api/appointments/{id}/': [...CLOSED, 'unknown_time_zone', 'time_does_not_exist', 'invalid_duration'],
  'POST /api/appointments/{id}/assign/': [...CLOSED, 'unknown_staff'],
  'POST /api/appointments/{id}/cancel/': CLOSED,
  'POST /api/appointments/{id}/complete/': [...CLOSED, 'appointment_not_begun'],
  'POST /api/appointments/{id}/no-show/': [...CLOSED, 'appointment_not_begun'],
  'POST /api/appointments/{id}/cannot-come/': [...CLOSED, 'appointment_over'],
  'POST /api/appointments/{id}/can-come/': CLOSED,
  'POST /api/appointments/cannot-come/': ['in_the_past'],
  'POST /api/appointments/can-come/': ['in_the_past'],
  'POST /api/appointments/{id}/reschedule-request/': [
    ...CLOSED,
    ...['request_open', 'in_the_past', 'unknown_time_zone', 'time_does_not_exist'],
  ],
  'DELETE /api/appointments/{id}/reschedule-request/': ['request_closed'],
  'POST /api/appointments/{id}/reschedule-request/accept/': [...CLOSED, 'request_closed'],
  'POST /api/appointments/{id}/reschedule-request/decline/': ['request_closed'],
  'POST /api/appointments/{id}/calendars/restore/': ['nothing_to_restore'],

  'POST /api/calendar/{provider}/connect/': NOT_CONFIGURED,
  'POST /api/calendar/{provider}/confirm/': [...NOT_CONFIGURED, 'flow_not_found', 'account_already_linked'],
  'POST /api/calendar/{provider}/disconnect/': ['not_connected', 'connection_ambiguous'],
  'POST /api/calendar/caldav/calendars/': [...NOT_CONFIGURED, ...LOGIN],
  'POST /api/calendar/caldav/connect/': [
    ...[...NOT_CONFIGURED, ...LOGIN],
    ...['account_already_linked', 'unknown_calendar', 'calendar_not_made'],
  ],
  'POST /api/calendar/connections/{id}/answer/': ['no_question'],
  'POST /api/calendar/connections/{id}/pause/': ['waits_for_owner', 'connection_leaving'],
  'POST /api/calendar/connections/{id}/resume/': ['waits_for_owner', 'connection_leaving', 'paused_by_office'],
  'POST /api/calendar/feeds/': ['too_many_feeds'],
  'GET /api/calendar/feed/{token}.ics': ['feed_rate_limited'],
  'POST /api/calendar/ics/{appointment_id}/email/': ['mails_switched_off', 'too_many_mails'],
  'GET /api/calendar/stream/': ['too_many_streams', 'closing'],
  'GET /api/mails/unsubscribe/': ['invalid_link'],
  'POST /api/mails/unsubscribe/': ['invalid_link'],

  'POST /api/admin/connections/{id}/pause/': ['waits_for_owner', 'connection_leaving'],
  'POST /api/admin/connections/{id}/resume/': ['waits_for_owner', 'connection_leaving', 'paused_by_owner'],
  'POST /api/admin/connections/{id}/retry/': ['waits_for_owner', 'connection_paused'],
  'POST /api/admin/providers/{provider}/check/': NOT_CONFIGURED,
};

/** What any call may be refused with: the request can't be read, its sender is not known, or we are at fault. */
export const GENERAL_REFUSALS = [
  ...['malformed_request', 'malformed_json', 'body_too_large', 'unsupported_media_type', 'method_not_allowed'],
  ...['not_signed_in', 'invalid_token', 'forbidden', 'route_not_found', 'internal_error', 'database_unavailable'],
] as const;

/** What of a route tells how it refuses. */
interface Form {
  /** Method and path as OpenAPI writes it: `POST /api/orders/{id}/confirm/`. */
  name: string;
  body: unknown;
  query: unknown;
  params: unknown;
  /** Takes an `Idempotency-Key`. */
  idempotent: boolean;
}

/** Codes that a call is refused with, beside the general ones. */
export function refusalsOf({ name, body, query, params, idempotent }: Form): string[] {
  const input = fieldsOf(body).length + fieldsOf(query).length > 0;
  return [
    ...(input ? ['invalid_request'] : []),
    ...(fieldsOf(query).includes('cursor') ? ['invalid_cursor'] : []),
    ...(fieldsOf(params).length > 0 ? ['not_found'] : []),
    ...(fieldsOf(body).includes('version') ? ['version_conflict'] : []),
    ...(idempotent ? ['idempotency_key_reused'] : []),
    ...(SPECIAL[name] ?? []),
  ];
}

/** Calls that are named above; a test compares them with what there is. */
export const SPECIAL_CALLS: readonly string[] = Object.keys(SPECIAL);

function fieldsOf(schema: unknown): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return fieldsOf(schema.unwrap());
  if (schema instanceof z.ZodPipe) return fieldsOf(schema.in);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
