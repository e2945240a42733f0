import type { z } from 'zod';

/** Parses JSON text by a schema; `null` when it is not JSON or not of that shape. */
export function readBody<T>(schema: z.ZodType<T>, body: string): T | null {
  const value = parseJson(body);
  return value === undefined ? null : readValue(schema, value);
}

/** Parses a value by a schema; `null` when it is not of that shape. */
export function readValue<T>(schema: z.ZodType<T>, value: unknown): T | null {
  const result = schema.safeParse(value);
  return result.success ? result.data : null;
}

/** `undefined` for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
