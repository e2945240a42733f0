import { BusinessError } from '../domain/errors.ts';

/**
 * That the caller changes what they have read; `null`: they didn't say.
 * @throws BusinessError 409 `version_conflict`
 */
export function checkVersion(present: number, expected: number | null | undefined): void {
  if (expected === null || expected === undefined || expected === present) return;
  throw new BusinessError(
    'conflict',
    'version_conflict',
    `Somebody changed this meanwhile (it is at version ${present}). Read it again and repeat your change.`,
  );
}
