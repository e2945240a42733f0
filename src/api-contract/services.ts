import { z } from 'zod';
import { fault } from './faults.ts';
import { idSchema, nameSchema, versionSchema } from './fields.ts';
import { pageOf, pageQueryShape } from './page.ts';

/** At most a week: longer jobs are several appointments. */
export const durationMinutesSchema = z
  .int()
  .min(1)
  .max(7 * 24 * 60);

const priceCentsSchema = z.int().min(0).max(1_000_000_000);
const currencySchema = z.string().regex(/^[A-Z]{3}$/, { error: fault('not_a_currency') });

/** What can be ordered. */
export const serviceSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    duration_minutes: z.int(),
    price_cents: z.int(),
    currency: z.string(),
    is_active: z.boolean(),
    version: versionSchema,
  })
  .meta({ id: 'Service', description: 'A kind of work that can be ordered.' });
export type ServiceJson = z.infer<typeof serviceSchema>;

export const servicePageSchema = pageOf(serviceSchema).meta({ id: 'ServicePage' });
export type ServicePageJson = z.infer<typeof servicePageSchema>;

export const listServicesQuerySchema = z.strictObject({ ...pageQueryShape });
export type ListServicesQuery = z.infer<typeof listServicesQuerySchema>;

export const createServiceSchema = z
  .strictObject({
    name: nameSchema,
    duration_minutes: durationMinutesSchema,
    price_cents: priceCentsSchema,
    currency: currencySchema,
    is_active: z.boolean().optional(),
  })
  .meta({ id: 'CreateService' });
export type CreateServiceRequest = z.infer<typeof createServiceSchema>;

export const changeServiceSchema = z
  .strictObject({
    name: nameSchema.optional(),
    duration_minutes: durationMinutesSchema.optional(),
    price_cents: priceCentsSchema.optional(),
    currency: currencySchema.optional(),
    is_active: z.boolean().optional(),
    version: versionSchema.optional(),
  })
  .meta({ id: 'ChangeService' });
export type ChangeServiceRequest = z.infer<typeof changeServiceSchema>;
