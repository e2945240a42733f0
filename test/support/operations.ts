import type { OpenAPIV3_1 } from 'openapi-types';
import type { Json, TestServer } from './server.ts';

/** One operation of the OpenAPI document, as tests need it. */
export interface Operation {
  method: string;
  /** As documented: `/api/orders/{id}/`. */
  path: string;
  /** `PATCH /api/orders/{id}/` */
  name: string;
  isPublic: boolean;
  /** Takes an `Idempotency-Key`. */
  isIdempotent: boolean;
  pathParams: string[];
  queryParams: string[];
  /** JSON schema with its references written out; `null`: takes no body. */
  body: JsonSchema | null;
}

/** As far as the contract uses it. */
export interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  minLength?: number;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Every operation that the server documents. */
export async function operationsOf(server: TestServer): Promise<Operation[]> {
  const document: Json = (await server.call('GET', '/api/openapi.json')).body;
  return Object.entries<Record<string, OpenAPIV3_1.OperationObject>>(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [describe(document, method, path, operation)] : [];
    }),
  );
}

function describe(document: Json, method: string, path: string, operation: OpenAPIV3_1.OperationObject): Operation {
  const parameters = (operation.parameters ?? []) as OpenAPIV3_1.ParameterObject[];
  const named = (place: string): string[] => parameters.filter((one) => one.in === place).map((one) => one.name);
  const content: Json = operation.requestBody;
  const schema = content?.content['application/json']?.schema;
  return {
    method: method.toUpperCase(),
    path,
    name: `${method.toUpperCase()} ${path}`,
    isPublic: operation.security === undefined,
    isIdempotent: named('header').includes('idempotency-key'),
    pathParams: named('path'),
    queryParams: named('query'),
    body: schema === undefined ? null : resolve(document, schema),
  };
}

/** Replaces `$ref`s by what they name. The contract has no cycles. */
function resolve(document: Json, schema: Json): Json {
  if (Array.isArray(schema)) return schema.map((part) => resolve(document, part));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, ...rest } = schema;
  const base = $ref === undefined ? {} : resolve(document, document.components.schemas[$ref.split('/').at(-1)]);
  const parts = Object.entries(rest).map(([key, part]) => [key, resolve(document, part)]);
  return { ...base, ...Object.fromEntries(parts) };
}

/** Whether the body schema takes `null` as a whole, so that it may be left out. */
export function allowedTypes(schema: JsonSchema): Set<string> {
  if (schema.anyOf) return new Set(schema.anyOf.flatMap((part) => [...allowedTypes(part)]));
  if (schema.type === undefined) return new Set(schema.enum || 'const' in schema ? ['string'] : []);
  const types = [schema.type].flat();
  return new Set(types.includes('number') ? [...types, 'integer'] : types);
}

/** The branch of a schema that describes an object, if there is one. */
export function objectBranch(schema: JsonSchema): JsonSchema | null {
  if (schema.properties) return schema;
  return schema.anyOf?.map(objectBranch).find((branch) => branch !== null) ?? null;
}
