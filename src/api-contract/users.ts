import { z } from 'zod';
import {
  booleanTextSchema,
  emailSchema,
  idSchema,
  instantSchema,
  languageSchema,
  nameSchema,
  passwordSchema,
  phoneSchema,
  roleSchema,
  timeZoneSchema,
  versionSchema,
} from './fields.ts';
import { mailDeliverySchema } from './calendar.ts';
import { pageOf, pageQueryShape } from './page.ts';

/** A person's account, as an administrator or their manager sees it. */
export const userSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    phone: z.string().nullable(),
    role: roleSchema,
    time_zone: z.string(),
    language: languageSchema.nullable(),
    manager_id: idSchema.nullable(),
    is_active: z.boolean(),
    is_invited: z.boolean().meta({ description: 'Was mailed a link to set a password, and has none yet.' }),
    calendar_sync_enabled: z.boolean(),
    version: versionSchema,
    created_at: instantSchema,
  })
  .meta({ id: 'User', description: 'A person’s account.' });
export type UserJson = z.infer<typeof userSchema>;

export const userPageSchema = pageOf(userSchema).meta({ id: 'UserPage' });
export type UserPageJson = z.infer<typeof userPageSchema>;

export const listUsersQuerySchema = z.strictObject({
  ...pageQueryShape,
  role: roleSchema.optional(),
  is_active: booleanTextSchema.optional(),
  search: z.string().trim().min(1).max(200).optional().meta({ description: 'Part of the name or e-mail address.' }),
});
export type ListUsersQuery = z.infer<typeof listUsersQuerySchema>;

export const createUserSchema = z
  .strictObject({
    email: emailSchema,
    password: passwordSchema.optional().meta({ description: 'Left out: the person is mailed a link to set it.' }),
    name: nameSchema,
    role: roleSchema,
    phone: phoneSchema.nullable().optional(),
    time_zone: timeZoneSchema.optional(),
    language: languageSchema.optional().meta({ description: 'Default: that of who makes the account.' }),
    manager_id: idSchema.nullable().optional(),
  })
  .meta({ id: 'CreateUser' });
export type CreateUserRequest = z.infer<typeof createUserSchema>;

export const invitationSchema = z
  .object({ email: z.string(), delivery: mailDeliverySchema })
  .meta({ id: 'Invitation', description: 'A mail with a link to set the password is on its way.' });
export type InvitationJson = z.infer<typeof invitationSchema>;

export const changeUserSchema = z
  .strictObject({
    email: emailSchema.optional().meta({
      description:
        'Not of oneself. Ends every session of the person and every link to set their password; who has set one is told by mail, at both addresses.',
    }),
    name: nameSchema.optional(),
    phone: phoneSchema.nullable().optional(),
    time_zone: timeZoneSchema.optional(),
    role: roleSchema.optional(),
    manager_id: idSchema.nullable().optional(),
    is_active: z.boolean().optional(),
    password: passwordSchema.optional().meta({ description: 'A new password; ends every session of the person.' }),
    version: versionSchema.optional(),
  })
  .meta({ id: 'ChangeUser' });
export type ChangeUserRequest = z.infer<typeof changeUserSchema>;
