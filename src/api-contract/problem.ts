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
        message: z.string().meta({ description: 'For people, in English.' }),
        code: z.string().meta({
          description:
            'For programs: stable, listed in docs/errors.md; what is not about a field alone is as `code` above.',
          examples: ['too_long'],
        }),
        params: z
          .record(z.string(), z.union([z.string(), z.number()]))
          .optional()
          .meta({ description: 'Numbers and names of which the message speaks.', examples: [{ maximum: 200 }] }),
      }),
    ),
    request_id: z.string().meta({ description: 'Also in the x-request-id header; name it when you ask for help.' }),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457).' });

export type ProblemJson = z.infer<typeof problemSchema>;
