import { BusinessError } from '../../domain/errors.ts';
import { LoginRefused, type LoginRefusal } from '../../sync/login.ts';

/** Where in the form the trouble lies, and what helps. */
const WORDS: Readonly<Record<LoginRefusal, { field: 'server_url' | 'username' | 'password'; message: string }>> = {
  server_not_found: {
    field: 'server_url',
    message: 'There is no server of this name. Check the spelling, or give the address from your provider’s help page.',
  },
  server_unreachable: {
    field: 'server_url',
    message: 'The server can’t be reached at the moment. Check the address, then try again in a while.',
  },
  server_too_slow: {
    field: 'server_url',
    message: 'The server did not answer in time. Check the address, then try again in a while.',
  },
  server_certificate: {
    field: 'server_url',
    message: 'The server’s certificate is not valid, so your password was not sent. Tell whoever runs the server.',
  },
  server_not_encrypted: {
    field: 'server_url',
    message: 'Give an address that begins with https://. Without encryption your password could be read on the way.',
  },
  server_not_allowed: {
    field: 'server_url',
    message: 'This address lies in a private network, or carries a password. Give the public address of the server.',
  },
  not_a_calendar_server: {
    field: 'server_url',
    message:
      'No calendars were found at this address. Give the CalDAV address from your provider’s help page, for Nextcloud https://your-server/remote.php/dav/.',
  },
  password_refused: {
    field: 'password',
    message:
      'The server refused the user name or the password. Use an app password; the one you sign in with is often not taken.',
  },
  sign_in_not_supported: {
    field: 'server_url',
    message: 'This server asks for a kind of sign-in that we do not know. Ask whoever runs it to allow app passwords.',
  },
};

/** What a person is told whose login was refused. @throws whatever is no refusal */
export function loginError(error: unknown): BusinessError {
  if (!(error instanceof LoginRefused)) throw error;
  const { field, message } = WORDS[error.code];
  return new BusinessError('invalid', error.code, message, { fields: [{ field, message }], cause: error });
}
