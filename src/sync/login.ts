import type { Grant, ProviderGrants } from './oauth.ts';

/** What a person types to connect an account that has no consent page. */
export interface Login {
  /** Address of the server, its domain or an e-mail address there. */
  server: string;
  username: string;
  /** An app password where the service has such. */
  password: string;
}

/** A calendar of an account that events may be written to. */
export interface AccountCalendar {
  /** As of `TargetCalendar`. */
  id: string;
  name: string;
  /** Where the person's own appointments go as a rule. */
  isDefault: boolean;
}

/** An account whose password was tried. */
export interface OpenedAccount {
  grant: Grant;
  calendars: AccountCalendar[];
}

/** Why nothing came of a login; each has words for people in `use-cases/calendar/login-words.ts`. */
export type LoginRefusal =
  | 'server_not_found'
  | 'server_unreachable'
  | 'server_too_slow'
  | 'server_certificate'
  | 'server_not_encrypted'
  | 'server_not_allowed'
  | 'not_a_calendar_server'
  | 'password_refused'
  | 'sign_in_not_supported';

/** The server, or what we know of it, said no. Nothing was stored. */
export class LoginRefused extends Error {
  readonly code: LoginRefusal;

  constructor(code: LoginRefusal, options?: ErrorOptions) {
    super(`login gave no access: ${code}`, options);
    this.name = 'LoginRefused';
    this.code = code;
  }
}

/** The side of a provider where people sign in with a password that they give to us. */
export interface ProviderLogin extends ProviderGrants {
  /**
   * Finds the account behind a login, and tries the password on it.
   * @throws {LoginRefused}
   */
  open(login: Login, signal: AbortSignal): Promise<OpenedAccount>;
}
