import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from './fields.ts';
import { pageOf } from './page.ts';

export const feedSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    created_at: instantSchema,
    rotated_at: instantSchema
      .nullable()
      .meta({ description: 'When it got its present address, if that is not its first.' }),
    last_fetched_at: instantSchema.nullable(),
    last_fetched_by: z.string().nullable().meta({ description: 'What the reader calls itself (User-Agent).' }),
    fetches: z.int().meta({ description: 'How often its present address was fetched.' }),
  })
  .meta({ id: 'Feed', description: 'A subscription feed of the caller.' });
export type FeedJson = z.infer<typeof feedSchema>;

export const newFeedSchema = feedSchema
  .extend({
    url: z.string().meta({ description: 'The secret address; told this once.' }),
    webcal_url: z.string().meta({ description: 'The same, for a click that opens a calendar program.' }),
  })
  .meta({ id: 'NewFeed', description: 'A feed with its secret address.' });
export type NewFeedJson = z.infer<typeof newFeedSchema>;

export const feedListSchema = pageOf(feedSchema).meta({ id: 'FeedList' });
export type FeedListJson = z.infer<typeof feedListSchema>;

export const createFeedSchema = z
  .strictObject({ name: lineSchema(100).meta({ description: 'What calendar programs show.' }) })
  .meta({ id: 'CreateFeed' });
export type CreateFeedRequest = z.infer<typeof createFeedSchema>;
