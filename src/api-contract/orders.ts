import { z } from 'zod';
import { appointmentSchema, warningSchema } from './appointments.ts';
import { COUNTRIES } from './countries.ts';
import { fault } from './faults.ts';
import {
  idSchema,
  idTextSchema,
  instantOrWallSchema,
  instantSchema,
  nameSchema,
  notesSchema,
  timeZoneSchema,
  versionSchema,
} from './fields.ts';
import { pageOf, pageQueryShape } from './page.ts';
import { durationMinutesSchema } from './services.ts';

export const orderStatusSchema = z.enum(['pending', 'confirmed', 'cancelled']).meta({ id: 'OrderStatus' });

/** An address as it is asked for. */
export const addressSchema = z
  .strictObject({
    line1: nameSchema,
    line2: nameSchema.nullable().optional(),
    city: nameSchema,
    postal_code: nameSchema,
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, { error: fault('not_a_country'), abort: true })
      .refine((code) => COUNTRIES.includes(code), { error: fault('not_a_country') })
      .meta({ description: 'ISO 3166-1 alpha-2.' }),
    access_notes: notesSchema
      .nullable()
      .optional()
      .meta({ description: 'How to get in; only staff see it on their appointments.' }),
  })
  .meta({ id: 'Address' });

export const createOrderSchema = z
  .strictObject({
    customer_id: idSchema
      .optional()
      .meta({ description: 'Needed from managers and admins; customers order for themselves.' }),
    time_zone: timeZoneSchema,
    notes: notesSchema.nullable().optional(),
    address: addressSchema,
    items: z
      .array(
        z.strictObject({
          service_id: idSchema,
          quantity: z
            .int()
            .min(1)
            .max(100)
            .optional()
            .meta({ description: 'Default 1. Multiplies the service’s price, and its duration unless one is given.' }),
          starts_at: instantOrWallSchema,
          duration_minutes: durationMinutesSchema.optional().meta({ description: 'Of the whole item.' }),
          staff_ids: z
            .array(idSchema)
            .max(50)
            .optional()
            .meta({ description: 'Who is to do it, the lead first. Not from customers.' }),
        }),
      )
      .min(1)
      .max(50),
    recurrence: z
      .strictObject({ rrule: z.string().min(1).max(500) })
      .nullable()
      .optional()
      .meta({ description: 'A rule of RFC 5545 §3.3.10 that repeats every item.' }),
  })
  .meta({ id: 'CreateOrder' });
export type CreateOrderRequest = z.infer<typeof createOrderSchema>;

export const orderSchema = z
  .object({
    id: idSchema,
    status: orderStatusSchema,
    customer_id: idSchema,
    customer: z.object({
      id: idSchema,
      name: z.string(),
      phone: z.string().nullable().optional(),
      email: z.string().optional(),
    }),
    time_zone: z.string(),
    notes: z.string().nullable(),
    address: z.object({
      line1: z.string(),
      line2: z.string().nullable(),
      city: z.string(),
      postal_code: z.string(),
      country: z.string(),
      access_notes: z.string().nullable(),
    }),
    items: z.array(
      z.object({
        id: idSchema,
        service_id: idSchema,
        service: z.object({ id: idSchema, name: z.string() }),
        quantity: z.int(),
        starts_at: instantSchema,
        duration_minutes: z.int(),
        price_cents: z.int().optional().meta({ description: 'Of the whole item. Customers and admins only.' }),
        currency: z.string().optional(),
        staff_ids: z.array(idSchema).optional().meta({ description: 'Managers and admins only.' }),
      }),
    ),
    recurrence: z.object({ rrule: z.string() }).nullable(),
    appointments: z.array(appointmentSchema),
    version: versionSchema,
    created_at: instantSchema,
    updated_at: instantSchema,
  })
  .meta({ id: 'Order' });
export type OrderJson = z.infer<typeof orderSchema>;

export const orderPageSchema = pageOf(orderSchema).meta({ id: 'OrderPage' });
export type OrderPageJson = z.infer<typeof orderPageSchema>;

/** The answer to creating, confirming or cancelling an order. */
export const changedOrderSchema = orderSchema.extend({ warnings: z.array(warningSchema) }).meta({ id: 'ChangedOrder' });
export type ChangedOrderJson = z.infer<typeof changedOrderSchema>;

export const listOrdersQuerySchema = z.strictObject({
  ...pageQueryShape,
  status: orderStatusSchema.optional(),
  customer_id: idTextSchema.optional(),
});
export type ListOrdersQuery = z.infer<typeof listOrdersQuerySchema>;

/** Body of confirm and cancel; may be left out. */
export const closeOrderSchema = z.strictObject({ version: versionSchema.optional() }).meta({ id: 'CloseOrder' });
export type CloseOrderRequest = z.infer<typeof closeOrderSchema>;
