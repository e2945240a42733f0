import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { problemSchema } from '../api-contract/problem.ts';
import { refusalsOf } from './refusals.ts';

const toJsonSchema = createJsonSchemaTransform({});
const addComponents = createJsonSchemaTransformObject({});

/** The contract's own schema has the id `Problem`; it is named here so that it cannot be forgotten. */
const PROBLEM_REF = `#/components/schemas/${problemSchema.meta()?.id ?? 'Problem'}`;

/** How the OpenAPI document is made from the routes: their schemas, who may call them, and how they refuse. */
export const openApiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'VALClean Calendar Sync',
      version: '1',
      description:
        'Orders, appointments and the calendars they appear in. Errors are `application/problem+json` (RFC 9457); their codes are stable.',
    },
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
    tags: [
      { name: 'Accounts', description: 'Signing in, one’s own account, people.' },
      { name: 'Services', description: 'What can be ordered.' },
      { name: 'Orders', description: 'What customers ask for.' },
      { name: 'Appointments', description: 'When it is done, and by whom.' },
      { name: 'Calendar', description: 'People’s own calendars.' },
      { name: 'Mails', description: 'What the links in mails lead to.' },
      { name: 'Operation', description: 'For those who run the system.' },
    ],
  },
  transform: (input) => {
    const { schema, url } = toJsonSchema(input);
    if (schema.hide === true) return { schema, url };
    const { access, idempotent } = input.route.config ?? {};
    const { body, querystring: query, params } = input.schema ?? {};
    const name = `${String(input.route.method)} ${url.replaceAll(/:(\w+)(?:\([^)]*\))?/g, '{$1}')}`;
    const refusals = refusalsOf({ ...{ name, body, query, params }, idempotent: idempotent === true });
    return {
      url,
      schema: {
        ...schema,
        ...(access === 'public' || access === undefined
          ? {}
          : { security: [{ bearer: [] }], description: describeAccess(schema.description, access) }),
        ...(idempotent ? { headers: IDEMPOTENCY_HEADER } : {}),
        ...(mayBeLeftOut(body) ? { [OPTIONAL_BODY]: true } : {}),
        response: { ...asObject(schema.response), '4XX': problemAnswer(refusals) },
      },
    };
  },
  transformObject: (input) => withoutUnused(withOptionalBodies(addComponents(input) as OpenAPIV3_1.Document)),
};

/** Marks an operation on its way through the generator, which calls every body required. */
const OPTIONAL_BODY = 'x-optional-body';

function mayBeLeftOut(body: unknown): boolean {
  return body instanceof z.ZodType && body.safeParse(undefined).success;
}

function withOptionalBodies(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  for (const operation of Object.values(document.paths ?? {}).flatMap((item) => Object.values(item ?? {}))) {
    if (typeof operation !== 'object' || Array.isArray(operation) || !(OPTIONAL_BODY in operation)) continue;
    delete operation[OPTIONAL_BODY];
    if ('requestBody' in operation) Object.assign(operation.requestBody ?? {}, { required: false });
  }
  return document;
}

function problemAnswer(codes: readonly string[]): object {
  const named = codes.length === 0 ? '' : ` Codes of this call: ${codes.map((code) => `\`${code}\``).join(', ')}.`;
  return {
    description: `Refused; \`code\` and \`detail\` say why and what to do.${named}`,
    content: { 'application/problem+json': { schema: { $ref: PROBLEM_REF } } },
  };
}

const IDEMPOTENCY_HEADER = {
  type: 'object',
  properties: {
    'idempotency-key': {
      type: 'string',
      maxLength: 200,
      description: 'The same key and body within 24 hours give the first answer again.',
    },
  },
};

function describeAccess(description: unknown, access: readonly string[]): string {
  const text = typeof description === 'string' ? `${description}\n\n` : '';
  return `${text}For: ${access.join(', ')}.`;
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** Every schema comes twice, as input and as output, whichever of them is used. */
function withoutUnused(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const schemas = document.components?.schemas ?? {};
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part ?? {}).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  visit(document.paths);
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(kept) } };
}
