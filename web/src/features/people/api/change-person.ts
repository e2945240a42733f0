import {
  userSchema,
  type ChangeUserRequest,
  type CreateUserRequest,
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
