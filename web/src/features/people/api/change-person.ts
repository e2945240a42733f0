import { queryOptions } from '@tanstack/react-query';
import { calendarSchema } from '../../../../../src/api-contract/calendar.ts';
import {
  invitationSchema,
  userSchema,
  type ChangeUserRequest,
  type CreateUserRequest,
  type InvitationJson,
  type UserJson,
} from '../../../../../src/api-contract/users.ts';
import { ask } from '../../../lib/api.ts';

/** `key`: sent as `Idempotency-Key`, so that a second press after a lost answer makes no second account. */
export function createPerson(request: CreateUserRequest, key: string): Promise<UserJson> {
  return ask(userSchema, 'POST', '/api/users/', { body: request, headers: { 'idempotency-key': key } });
}

/** @throws {Problem} `version_conflict` when somebody was quicker, `last_admin` */
export function changePerson(id: number, change: ChangeUserRequest): Promise<UserJson> {
  return ask(userSchema, 'PATCH', `/api/users/${id}/`, { body: change });
}

/** Mails them the link to set their password. @throws {Problem} `too_many_mails`, `person_deactivated` */
export function invitePerson(id: number): Promise<InvitationJson> {
  return ask(invitationSchema, 'POST', `/api/users/${id}/invite/`);
}

/** Whether mails reach anybody: without a mail server they become files. */
export function mailDeliveryQuery() {
  return queryOptions({
    queryKey: ['people', 'mail-delivery'],
    queryFn: async ({ signal }) => (await ask(calendarSchema, 'GET', '/api/calendar/', { signal })).mails.delivery,
  });
}
