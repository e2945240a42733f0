import { objectBranch, type JsonSchema } from './operations.ts';

/** Right values for fields whose schema does not say enough. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  country: 'GB',
  secret_expires_on: '2027-05-01',
  currency: 'GBP',
  email: 'fuzz@example.com',
  from: '2026-11-30',
  until: '2026-12-01',
  flow_id: '123e4567-e89b-42d3-a456-426614174000',
  return_to: '/settings/calendar',
  proposal: '2027-01-05T09:00:00+00:00',
  rrule: 'FREQ=WEEKLY;COUNT=2',
  starts_at: '2026-12-01T09:00:00+00:00',
  ends_at: '2026-12-01T11:00:00+00:00',
  time_zone: 'Europe/London',
  // Beyond every real one, so that right requests change nothing for those after them.
  version: 2_000_000_000,
  role: 'staff',
};

/** A body that the schema takes; `ids` are those of things that exist, by the name of the field. */
export function sampleOf(schema: JsonSchema, ids: Readonly<Record<string, unknown>>, name = ''): unknown {
  if (name in ids) return ids[name];
  if (name in BY_NAME) return BY_NAME[name];
  const object = objectBranch(schema);
  if (object) {
    const parts = Object.entries(object.properties ?? {}).map(([key, part]) => [key, sampleOf(part, ids, key)]);
    return Object.fromEntries(parts);
  }
  const branch = schema.anyOf?.[0] ?? schema;
  if (branch.enum) return branch.enum[0];
  if (branch.items) return [sampleOf(branch.items, ids, name.replace(/s$/, ''))];
  if (branch.type === 'integer' || branch.type === 'number') return within(branch, 30);
  if (branch.type === 'boolean') return true;
  return 'x'.repeat(Math.max(branch.minLength ?? 0, 12));
}

function within({ minimum = 0, maximum = Infinity }: JsonSchema, number: number): number {
  return Math.min(Math.max(minimum, number), maximum);
}
