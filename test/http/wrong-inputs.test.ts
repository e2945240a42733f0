import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../src/db/sql.ts';
import { foundCompany, type Company } from '../support/company.ts';
import { operationsOf, type Operation } from '../support/operations.ts';
import { sampleOf } from '../support/samples.ts';
import { START_LIMIT_MS, startTestServer, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';
import { wrongInputs, type WrongInput } from '../support/wrong-inputs.ts';

/*
 * Every documented operation is sent every kind of wrong input, made from its own schema: routes that are added later are
 * covered without a line here. Nothing may be a 500, every refusal is a problem with a documented code, and what is refused
 * has changed nothing.
 */

const documentedCodes = new Set(
  [...readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8').matchAll(/^\| `([a-z_]+)`/gm)].map(
    ([, code]) => code,
  ),
);

let server: TestServer;
let company: Company;
let operations: Operation[];
beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server);
  operations = await operationsOf(server);
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

function realPath({ path }: Operation): string {
  const { own, serviceId } = company;
  return path
    .replace('/services/{id}', `/services/${serviceId}`)
    .replace('/users/{id}', `/users/${own.staff.id}`)
    .replace('/orders/{id}', `/orders/${own.orderId}`)
    .replace('/appointments/{id}', `/appointments/${own.appointmentId}`)
    .replace('{appointment_id}', String(own.appointmentId))
    .replace('{order_id}', String(own.orderId))
    .replace('{provider}', 'google')
    .replaceAll(/\{\w+\}/g, '1');
}

function sampleFor({ body }: Operation): unknown {
  const { serviceId, own } = company;
  const ids = { service_id: serviceId, customer_id: own.customer.id, staff_ids: [own.staff.id], manager_id: null };
  return body && sampleOf(body, ids);
}

function complaintAbout(answer: ApiAnswer, input: WrongInput): string | null {
  const { status, body } = answer;
  if (status >= 500 && body.code !== 'provider_not_configured') return `${status} ${JSON.stringify(body)}`;
  if (status < 400) return input.mustBeRefused ? `taken: ${status}` : null;
  if (!answer.headers.get('content-type')?.includes('application/problem+json')) return `no problem: ${status}`;
  if (body.status !== status || !body.detail || !body.request_id) return `incomplete: ${JSON.stringify(body)}`;
  return documentedCodes.has(body.code) ? null : `undocumented code ${body.code}`;
}

/** In small groups: one after the other takes long, all at once is another test. */
async function tryAll(operation: Operation, inputs: readonly WrongInput[], person: Person): Promise<string[]> {
  const complaints: string[] = [];
  for (let at = 0; at < inputs.length; at += 8) {
    const group = inputs.slice(at, at + 8);
    const token = operation.isPublic ? undefined : person.token;
    const answers = await Promise.all(
      group.map((input) => server.call(input.method ?? operation.method, input.path, { token, ...input.request })),
    );
    group.forEach((input, index) => {
      const complaint = complaintAbout(answers[index] as ApiAnswer, input);
      if (complaint !== null) complaints.push(`${operation.name}, ${input.what}: ${complaint}`);
    });
  }
  return complaints;
}

test('what is right is not refused as malformed', async () => {
  const complaints: string[] = [];
  for (const operation of operations.filter(({ body }) => body !== null)) {
    const token = operation.isPublic ? undefined : company.admin.token;
    const answer = await server.call(operation.method, realPath(operation), { token, body: sampleFor(operation) });
    if (answer.body.code === 'invalid_request')
      complaints.push(`${operation.name}: ${JSON.stringify(answer.body.errors)}`);
  }
  expect(complaints).toEqual([]);
});

test.each(['admin', 'manager', 'customer'] as const)('wrong inputs of a %s', { timeout: 600_000 }, async (role) => {
  expect(operations.length).toBeGreaterThan(30);
  const person = role === 'admin' ? company.admin : company.own[role];
  const complaints: string[] = [];
  const inputsOf = (operation: Operation): WrongInput[] => {
    const all = wrongInputs(operation, realPath(operation), sampleFor(operation));
    // The checks of a body are the same for everybody; of the others a third is enough to find what differs.
    return role === 'admin' ? all : all.filter((_, at) => at % 3 === 0);
  };
  const before = await stateOfTables();
  for (const operation of operations) {
    const inputs = inputsOf(operation);
    if (role === 'admin') expect(inputs.length, operation.name).toBeGreaterThanOrEqual(10);
    const refused = inputs.filter(({ mustBeRefused }) => mustBeRefused);
    complaints.push(...(await tryAll(operation, refused, person)));
    expect(await stateOfTables(), `after refusals of ${operation.name}`).toEqual(before);
  }
  for (const operation of operations) {
    const others = inputsOf(operation).filter(({ mustBeRefused }) => !mustBeRefused);
    complaints.push(...(await tryAll(operation, others, person)));
  }
  expect(complaints).toEqual([]);
});

/** A fingerprint of the rows of each table. */
async function stateOfTables(): Promise<Record<string, string>> {
  const { db } = server.context.database;
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
  const digests = tables.rows.map(
    ({ name }) =>
      sql`select ${name} as name, md5(string_agg(t::text, '' order by t::text)) as digest from ${sql.table(name)} t`,
  );
  const state = await sql<{ name: string; digest: string }>`${sql.join(digests, sql` union all `)}`.execute(db);
  return Object.fromEntries(state.rows.map(({ name, digest }) => [name, digest]));
}
