/*
 * Writes the OpenAPI document as a page for people: every call with who may, what it takes, what it answers and how it
 * refuses; then the things that calls take and give.
 */

/** A schema of the document, as far as the page tells of it. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
}

interface Operation {
  summary: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: Schema }[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Content & { description: string }>;
}

/** What the page needs of an OpenAPI document. */
export interface ApiDocument {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const HEAD = `# HTTP API

Made from the schemas that validate it; \`/api/openapi.json\` has the same for programs, [\`/api/docs/\`](/api/docs/) the same to try out.

## In general

- Paths end in \`/\`; without it works, too. JSON in and out, names in \`snake_case\`, ids are integers.
- Send \`Authorization: Bearer <access token>\` of \`POST /api/auth/login/\`. It is good for 15 minutes; \`POST /api/auth/refresh/\` gives the next.
- Moments are RFC 3339 with an offset. A time on the clock, without one, always travels with its \`time_zone\` (IANA).
- Lists take \`limit\` (1 to 200, otherwise 50) and \`cursor\`, and answer \`items\` with \`next_cursor\`, which is \`null\` on the last page.
- What people edit has a \`version\`. Send it with a change (or as \`If-Match\`), and a change in between is a 409 \`version_conflict\` instead of a lost one.
- Send an \`Idempotency-Key\` with calls that take one: the same key and body within 24 hours give the first answer again.
- Refusals are \`application/problem+json\` with a stable \`code\`; [all of them](errors.md). Any call may answer MALFORMED. What a person may
  not know of answers 404 \`not_found\`.
`;

/** The whole page. `general`: codes that any call may answer. */
export function apiPage(document: ApiDocument, general: readonly string[]): string {
  const head = HEAD.replace('MALFORMED', general.map(code).join(', '));
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );
  const parts = document.tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags?.[0] === name).toSorted(byPath);
    return `## ${name}\n\n${description}\n\n${own.map((one) => operationPart(document, one)).join('\n')}`;
  });
  return `${head}\n${parts.join('\n')}\n${thingsPart(document)}`;
}

type Named = { name: string; operation: Operation };

function byPath(a: Named, b: Named): number {
  const key = ({ name }: Named): string => name.split(' ').toReversed().join(' ');
  return key(a) < key(b) ? -1 : 1;
}

function operationPart(document: ApiDocument, { name, operation }: Named): string {
  const { words, who } = splitDescription(operation.description ?? '');
  const body = operation.requestBody?.content?.['application/json']?.schema;
  const lines = [
    `### ${operation.summary}`,
    `\`${name}\``,
    `*Who:* ${who ?? 'anybody, without signing in'}`,
    words,
    parametersTable(operation),
    body && bodyPart(document, body, operation.requestBody?.required ?? false),
    answersPart(document, operation),
    refusalsPart(operation),
  ];
  return `${lines.filter((line) => line !== undefined && line !== '').join('\n\n')}\n`;
}

/** The document says who may at the end of the description: `For: manager, admin.` */
function splitDescription(description: string): { words: string; who: string | null } {
  const [, words = '', roles] = /^([^]*?)\s*(?:For: (.+)\.)?$/.exec(description) ?? [];
  if (roles === undefined) return { words, who: null };
  const all = roles === 'customer, staff, manager, admin';
  return { words: words.trim(), who: all ? 'everybody who is signed in' : roles };
}

function parametersTable({ parameters = [] }: Operation): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(({ name, in: place, required, description, schema }) =>
    row([code(name), `${place}${required ? '' : ', optional'}`, meaning({ ...schema, description })]),
  );
  return table(['parameter', 'in', 'what'], rows);
}

function bodyPart(document: ApiDocument, schema: Schema, required: boolean): string {
  const fields = fieldRows(document, bodySchema(document, schema), '', 'given');
  const word = required ? 'Body' : 'Body, may be left out';
  return `*${word}:*\n\n${table(['field', 'type', 'what'], fields)}`;
}

/** What a body has to be where there is one: `null` is one way to leave it out. */
function bodySchema(document: ApiDocument, schema: Schema): Schema {
  const whole = resolve(document, schema);
  const [given] = (whole.anyOf ?? whole.oneOf ?? []).filter((one) => one.type !== 'null');
  return given === undefined ? whole : bodySchema(document, given);
}

function answersPart(document: ApiDocument, { responses }: Operation): string {
  const answers = Object.entries(responses).flatMap(([status, { content }]) => {
    if (!/^\d+$/.test(status)) return [];
    const schema = content?.['application/json']?.schema;
    return [`${status}${schema === undefined ? '' : `, ${answerWords(document, schema)}`}`];
  });
  return answers.length === 0 ? '' : `*Answer:* ${answers.join('; ')}`;
}

function answerWords(document: ApiDocument, schema: Schema): string {
  const { properties = {} } = resolve(document, schema);
  if (schema.$ref !== undefined && !isPage(document, schema)) return typeWords(schema);
  if (properties['items']) return `a page of ${typeWords(properties['items'].items ?? {})}`;
  return Object.entries(properties)
    .map(([name, field]) => `${code(name)} (${typeWords(field)})`)
    .join(', ');
}

function refusalsPart({ responses }: Operation): string {
  const [, codes] = /Codes of this call: (.+)\.$/.exec(responses['4XX']?.description ?? '') ?? [];
  return codes === undefined ? '' : `*Refusals:* ${codes}`;
}

/** Schemas that answers are made of, and those that bodies share. */
function thingsPart(document: ApiDocument): string {
  const linked = new Set<string>();
  const page = (schema: Schema): boolean => isPage(document, schema);
  const visit = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part ?? {}).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (linked.has(name)) continue;
      linked.add(name);
      visit(document.components.schemas[name]);
    }
  };
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
  for (const { responses } of operations) visit(responses);
  const things = [...linked]
    .filter((name) => !page({ $ref: `#/components/schemas/${name}` }))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => thingPart(document, name));
  return `## Things\n\n${things.join('\n')}`;
}

function thingPart(document: ApiDocument, name: string): string {
  const schema = document.components.schemas[name] ?? {};
  const fields = schema.properties ? table(['field', 'type', 'what'], fieldRows(document, schema, '', 'told')) : '';
  const values = schema.properties ? '' : `One of ${typeWords(schema)}.`;
  // Calls have headings of the same words.
  return `${[`### ${name} object`, schema.description ?? '', values, fields].filter((part) => part !== '').join('\n\n')}\n`;
}

/** A row for each field; those of objects within it follow, by their whole path. */
function fieldRows(document: ApiDocument, schema: Schema, before: string, side: 'given' | 'told'): string[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([name, field]) => {
    const inner = innerObject(side === 'given' ? withoutReference(document, field) : field);
    const path = `${before}${name}`;
    const missing = required.includes(name) ? '' : side === 'given' ? ', optional' : ', may be absent';
    const own = row([code(path), `${typeWords(field, side === 'given' ? document : null)}${missing}`, meaning(field)]);
    if (inner === null) return [own];
    return [own, ...fieldRows(document, inner.schema, `${path}${inner.list ? '[]' : ''}.`, side)];
  });
}

/** The object that a field holds, directly, in a list, or where it is not `null`. */
function innerObject(schema: Schema): { schema: Schema; list: boolean } | null {
  if (schema.properties) return { schema, list: false };
  if (schema.items?.properties) return { schema: schema.items, list: true };
  const [choice] = (schema.anyOf ?? []).filter((one) => one.type !== 'null');
  return choice?.properties ? { schema: choice, list: false } : null;
}

function withoutReference(document: ApiDocument, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : resolve(document, schema);
}

/** `within`: the document, where things are written out instead of being linked. */
function typeWords(schema: Schema, within: ApiDocument | null = null): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return within === null ? `[${name}](#${name.toLowerCase()}-object)` : typeWords(resolve(within, schema), within);
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return unique(choices.map((choice) => typeWords(choice, within))).join(' or ');
  if (schema.enum) return schema.enum.map((value) => code(String(value))).join(', ');
  if (schema.const !== undefined) return code(String(schema.const));
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  if (schema.type === 'array') return `list of ${typeWords(schema.items ?? {}, within)}`;
  if (schema.format === 'date-time') return 'moment';
  return schema.type ?? 'anything';
}

/** Descriptions of shared schemas that the column of types says already. */
const SAID_BY_TYPE = new Set(['Id of a thing: a positive integer.', 'RFC 3339 with offset.']);

/** The description, and limits that are somebody's choice. */
function meaning(schema: Schema): string {
  const [choice = {}] = (schema.anyOf ?? []).filter((one) => one.type !== 'null');
  const { minimum = choice.minimum, maximum = choice.maximum, maxLength = choice.maxLength } = schema;
  const description = SAID_BY_TYPE.has(schema.description ?? '') ? '' : (schema.description ?? '');
  const limits = [
    minimum !== undefined && maximum !== undefined && Math.abs(maximum) < 1e9 ? `${minimum} to ${maximum}.` : '',
    maxLength === undefined ? '' : `At most ${maxLength} characters.`,
  ];
  return [description, ...limits].filter((part) => part !== '').join(' ');
}

function isPage(document: ApiDocument, schema: Schema): boolean {
  const { properties = {} } = resolve(document, schema);
  return 'items' in properties && Object.keys(properties).every((name) => name === 'items' || name === 'next_cursor');
}

function resolve(document: ApiDocument, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
}

function table(columns: readonly string[], rows: readonly string[]): string {
  return [row(columns), row(columns.map(() => '---')), ...rows].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`).replaceAll(/\s*\n\s*/g, ' ')).join(' | ')} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
