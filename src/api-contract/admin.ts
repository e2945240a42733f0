import { z } from 'zod';
import { instantSchema } from './fields.ts';

export const zoneSourceSchema = z.enum(['bundled', 'system', 'icu']).meta({
  id: 'ZoneSource',
  description: '`bundled`: comes with the program; `system`: the operating system’s; `icu`: Node’s own.',
});

/** The tz database that wall times are read with; the newest copy that was found. */
export const zoneDataSchema = z
  .object({
    version: z.string().meta({ description: 'Of the tz database, such as 2026f.' }),
    source: zoneSourceSchema,
    released_at: instantSchema.meta({ description: 'By when this version was out.' }),
    age_days: z.int(),
    is_old: z.boolean().meta({ description: 'Older than half a year: it misses changes that were made since.' }),
    copies: z
      .array(z.object({ source: zoneSourceSchema, version: z.string() }))
      .meta({ description: 'All copies that were found, the newest first.' }),
    appointments_behind: z.int().meta({
      description: 'Coming appointments whose instants come from older zone data; they are looked at by themselves.',
    }),
  })
  .meta({ id: 'ZoneData' });
export type ZoneDataJson = z.infer<typeof zoneDataSchema>;
