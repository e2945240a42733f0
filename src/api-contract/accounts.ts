import { z } from 'zod';
import {
  emailSchema,
  idSchema,
  languageSchema,
  nameSchema,
  passwordSchema,
  phoneSchema,
  roleSchema,
  timeZoneSchema,
  versionSchema,
} from './fields.ts';

/** The signed-in person, as they see themselves. */
export const meSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    role: roleSchema,
    time_zone: z.string(),
    language: languageSchema
      .nullable()
      .meta({ description: 'Of mails to the person; `null`: nobody has said, so they are in English.' }),
    manager_id: idSchema.nullable(),
    calendar_sync_enabled: z.boolean().meta({ description: 'Changed by PATCH /api/calendar/.' }),
    version: versionSchema,
  })
  .meta({ id: 'Me', description: 'The signed-in person.' });
export type MeJson = z.infer<typeof meSchema>;

export const sessionSchema = z
  .object({
    access_token: z.string(),
    refresh_token: z.string().meta({ description: 'Good for one refresh; using it twice ends the session.' }),
    token_type: z.literal('Bearer'),
    expires_in: z.int().meta({ description: 'Seconds until the access token expires.' }),
    user: meSchema,
  })
  .meta({ id: 'Session', description: 'A sign-in.' });
export type SessionJson = z.infer<typeof sessionSchema>;

export const registerSchema = z
  .strictObject({
    email: emailSchema,
    password: passwordSchema,
    name: nameSchema,
    phone: phoneSchema.nullable().optional(),
    time_zone: timeZoneSchema.optional(),
    language: languageSchema.optional(),
  })
  .meta({ id: 'Register' });
export type RegisterRequest = z.infer<typeof registerSchema>;

/** Looser than what an account may be made with: whatever does not fit is simply no known sign-in. */
export const logInSchema = z
  .strictObject({
    email: z.string().min(1).max(254),
    password: z.string().min(1).max(200),
    language: languageSchema
      .optional()
      .meta({ description: 'Of the page on which the person signs in; kept where nobody has said yet.' }),
  })
  .meta({ id: 'LogIn' });
export type LogInRequest = z.infer<typeof logInSchema>;

export const forgotPasswordSchema = z
  .strictObject({ email: z.string().min(1).max(254) })
  .meta({ id: 'ForgotPassword' });
export type ForgotPasswordRequest = z.infer<typeof forgotPasswordSchema>;

const linkTokenSchema = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: 'What follows the `#` of the link in the mail.' });

export const passwordLinkSchema = z.strictObject({ token: linkTokenSchema }).meta({ id: 'PasswordLink' });

export const setPasswordSchema = z
  .strictObject({
    token: linkTokenSchema,
    password: passwordSchema,
    language: languageSchema
      .optional()
      .meta({ description: 'Of the page; kept when it is the first password of the person.' }),
  })
  .meta({ id: 'SetPassword' });
export type SetPasswordRequest = z.infer<typeof setPasswordSchema>;

export const changeEmailSchema = z
  .strictObject({ email: emailSchema, current_password: z.string().min(1).max(200) })
  .meta({ id: 'ChangeEmail' });
export type ChangeEmailRequest = z.infer<typeof changeEmailSchema>;

export const confirmEmailSchema = z.strictObject({ token: linkTokenSchema }).meta({ id: 'ConfirmEmail' });

export const refreshTokenSchema = z
  .strictObject({ refresh_token: z.string().min(1).max(200) })
  .meta({ id: 'RefreshToken' });
export type RefreshTokenRequest = z.infer<typeof refreshTokenSchema>;

export const changeMeSchema = z
  .strictObject({
    name: nameSchema.optional(),
    phone: phoneSchema.nullable().optional(),
    time_zone: timeZoneSchema.optional(),
    language: languageSchema.optional(),
    new_password: passwordSchema
      .optional()
      .meta({ description: 'Needs `current_password`; ends every other session of the person.' }),
    current_password: z.string().min(1).max(200).optional(),
    version: versionSchema.optional(),
  })
  .meta({ id: 'ChangeMe' });
export type ChangeMeRequest = z.infer<typeof changeMeSchema>;
