import type { z } from 'zod';
import { browserSession } from './browser-session.ts';
import { parsed, send, type Method, type Sending } from './http.ts';
import { Problem } from './problem.ts';
import { t } from './t.ts';

/**
 * Asks the API as the person who is signed in and reads the answer by the contract's schema.
 * @throws {Problem} what the API refused; `signed_out` when nobody is signed in (any more).
 */
export async function ask<Schema extends z.ZodType>(
  schema: Schema,
  method: Method,
  path: string,
  sending?: Sending,
): Promise<z.output<Schema>> {
  return parsed(await askRaw(method, path, sending), schema);
}

/** As `ask`, for answers without a body or with one that is no JSON. */
export async function askRaw(method: Method, path: string, sending: Sending = {}): Promise<Response> {
  const token = await browserSession.accessToken();
  if (token === null) throw signedOut();
  try {
    return await send(method, path, withToken(sending, token));
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
    const renewed = await browserSession.renew(token);
    if (renewed === null) throw signedOut();
    return send(method, path, withToken(sending, renewed));
  }
}

function withToken(sending: Sending, token: string): Sending {
  return { ...sending, headers: { ...sending.headers, authorization: `Bearer ${token}` } };
}

function signedOut(): Problem {
  return new Problem(401, 'signed_out', t('common.problem.signedOut'));
}
