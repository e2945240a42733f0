/** Anything JSON can say. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object whose members may be missing. */
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** True for a JSON object, false for arrays, null and plain values. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
