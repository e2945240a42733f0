import type { AccessTokens } from './access-tokens.ts';
import type { Passwords } from './passwords.ts';
import type { UseCaseContext } from '../context.ts';

/** What accounts need beside the business; made once in `app.ts`. */
export interface AccountServices {
  passwords: Passwords;
  accessTokens: AccessTokens;
}

/** What the account use cases are given. */
export type AccountContext = UseCaseContext & AccountServices;
