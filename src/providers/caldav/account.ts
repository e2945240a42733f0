import { z } from 'zod';
import type { Login } from '../../sync/login.ts';
import { readBody } from '../kit/read-body.ts';

/*
 * An account as the engine keeps it, in the two places that others have for tokens: what is needed to call it, and what is
 * needed to find it again. Both hold the password, so both are sealed like tokens.
 */

/** Where an account's calendars are, and what opens them. */
export interface Access {
  /** The collection of its calendars. */
  home: string;
  /** Where invitations arrive; it names the default calendar (RFC 6638 §9.2). */
  inbox: string | null;
  username: string;
  password: string;
}

const accessSchema: z.ZodType<Access> = z.strictObject({
  home: z.url(),
  inbox: z.url().nullable(),
  username: z.string(),
  password: z.string(),
});

const loginSchema: z.ZodType<Login> = z.strictObject({
  server: z.string(),
  username: z.string(),
  password: z.string(),
});

export function accessToken(access: Access): string {
  return JSON.stringify(access);
}

/** `null` for what is none of ours. */
export function readAccess(token: string): Access | null {
  return readBody(accessSchema, token);
}

export function refreshToken({ server, username, password }: Login): string {
  return JSON.stringify({ server, username, password });
}

/** `null` for what is none of ours. */
export function readLogin(token: string): Login | null {
  return readBody(loginSchema, token);
}

/** The header of RFC 7617, in UTF-8 as its §2.1 wishes. */
export function authorization({ username, password }: Pick<Access, 'username' | 'password'>): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}
