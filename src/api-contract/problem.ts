import { z } from 'zod';

/** What every refusal looks like (RFC 9457), sent as `application/problem+json`. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'Where the code is explained, as a URI reference.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'For people: what happened and what to do next.' }),
    code: z
      .string()
      .meta({ description: 'For programs: stable, listed in docs/errors.md.', examples: ['invalid_request'] }),
    errors: z.array(
      z.object({
        field: z.string().meta({ description: 'Path of the field.', examples: ['items.0.starts_at'] }),
        message: z.string(),
      }),
    ),
    request_id: z.string().meta({ description: 'Also in the x-request-id header; name it when you ask for help.' }),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457).' });

export type ProblemJson = z.infer<typeof problemSchema>;
