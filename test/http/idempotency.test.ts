import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY, SECOND } from '../../src/base/time.ts';
import { sql } from '../../src/db/sql.ts';
import { BusinessError } from '../../src/domain/errors.ts';
import { EVERYBODY, type App } from '../../src/http/route.ts';
import { deleteOldKeys } from '../../src/store/idempotency.ts';
import { foundCompany, orderBody, type Company } from '../support/company.ts';
import { operationsOf } from '../support/operations.ts';
import { sampleOf } from '../support/samples.ts';
import { START_LIMIT_MS, startTestServer, type ApiAnswer, type Person, type TestServer } from '../support/server.ts';

let server: TestServer;
let company: Company;
let runs = 0;
let failing = false;

/** Writes a row in a transaction of its own and then fails, when it is told to. */
function trialRoute(app: App): void {
  app.post('/api/trial/', {
    config: { access: EVERYBODY, idempotent: true },
    schema: { hide: true },
    handler: async ({ context }, reply) => {
      runs += 1;
      await context.database.transaction(async (tx) => {
        await sql`insert into login_failures (counted, at) values ('trial', now())`.execute(tx);
      });
      if (failing) throw new BusinessError('conflict', 'version_conflict', 'Not this time, for a test.');
      reply.code(202);
      const { rows } = await sql<{
        n: number;
      }>`select count(*)::int as n from login_failures where counted = 'trial'`.execute(context.database.db);
      return { n: rows[0]?.n };
    },
  });
}

beforeAll(async () => {
  server = await startTestServer({ routes: [trialRoute] });
  company = await foundCompany(server);
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

function post(path: string, person: Person, key: string, body: object = {}): Promise<ApiAnswer> {
  return server.call('POST', path, { token: person.token, body, headers: { 'idempotency-key': key } });
}

async function ordersOf(person: Person): Promise<number> {
  const { body } = await server.call('GET', '/api/orders/?limit=200', { token: person.token });
  return body.items.length;
}

describe('an Idempotency-Key', () => {
  test('gives the first answer again, with its status', async () => {
    const { customer } = company.own;
    const before = await ordersOf(customer);
    const first = await post('/api/orders/', customer, 'order-1', orderBody(company.serviceId));
    const again = await post('/api/orders/', customer, 'order-1', orderBody(company.serviceId));
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await ordersOf(customer)).toBe(before + 1);
  });

  test('the order of keys in the body does not matter, everything else does', async () => {
    const { customer } = company.own;
    const body = orderBody(company.serviceId);
    const first = await post('/api/orders/', customer, 'order-2', body);
    const turned = Object.fromEntries(Object.entries(body).toReversed());
    expect((await post('/api/orders/', customer, 'order-2', turned)).body.id).toBe(first.body.id);
    const other = await post('/api/orders/', customer, 'order-2', { ...body, notes: 'Something else' });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    const confirmed = await post(`/api/orders/${first.body.id}/confirm/`, company.admin, 'same');
    expect(confirmed.status).toBe(200);
    const otherPath = await post(`/api/orders/${company.own.orderId}/confirm/`, company.admin, 'same');
    expect(otherPath.body.code).toBe('idempotency_key_reused');
  });

  test('belongs to one person and one operation', async () => {
    const body = orderBody(company.serviceId);
    const [one, two] = [company.own.customer, company.foreign.customer];
    const [mine, theirs] = [
      await post('/api/orders/', one, 'shared', body),
      await post('/api/orders/', two, 'shared', body),
    ];
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
    expect((await post('/api/trial/', one, 'shared')).status).toBe(202);
  });

  test('sent many times at once: done once, the same answer for all', async () => {
    const { customer } = company.own;
    const before = await ordersOf(customer);
    const body = orderBody(company.serviceId);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => post('/api/orders/', customer, 'at-once', body)),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 12 }, () => 201));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await ordersOf(customer)).toBe(before + 1);
  });

  test('a refusal leaves neither the change nor the key behind', async () => {
    const { staff } = company.own;
    const { body: before } = await post('/api/trial/', staff, 'count-1');
    failing = true;
    expect((await post('/api/trial/', staff, 'refused')).status).toBe(409);
    failing = false;
    const ranBefore = runs;
    const after = await post('/api/trial/', staff, 'refused');
    expect(after).toMatchObject({ status: 202, body: { n: before.n + 1 } });
    expect(runs).toBe(ranBefore + 1);
  });

  test('is forgotten after 24 hours', async () => {
    const { customer } = company.own;
    const { token } = customer;
    const body = orderBody(company.serviceId, { notes: 'Day' });
    const first = await post('/api/orders/', customer, 'daily', body);
    server.clock.advance(DAY - SECOND);
    const person = { ...customer, token: await server.context.accessTokens.issue(customer.id, 'later') };
    expect((await post('/api/orders/', person, 'daily', body)).body.id).toBe(first.body.id);
    server.clock.advance(2 * SECOND);
    const anew = await post('/api/orders/', person, 'daily', orderBody(company.serviceId, { notes: 'Another day' }));
    expect(anew.status).toBe(201);
    expect(anew.body.id).not.toBe(first.body.id);
    expect(token).not.toBe(person.token);
    const gone = await server.context.database.transaction((tx) => deleteOldKeys(tx, server.clock.now()));
    expect(gone).toBeGreaterThan(3);
    expect((await post('/api/orders/', person, 'daily', body)).body.code).toBe('idempotency_key_reused');
  });

  test('is kept to by every operation that says so', async () => {
    const { admin, serviceId, own, foreign } = company;
    const ids = {
      service_id: serviceId,
      customer_id: own.customer.id,
      staff_ids: [own.staff.id],
      manager_id: null,
      version: undefined,
    };
    const signedIn = async (person: Person): Promise<Person> => ({
      ...person,
      token: await server.context.accessTokens.issue(person.id, 'every'),
    });
    const [office, customer] = [await signedIn(admin), await signedIn(own.customer)];
    const operations = (await operationsOf(server)).filter((operation) => operation.isIdempotent);
    expect(operations.length).toBeGreaterThan(4);
    for (const { name, path, body } of operations) {
      const asks = path.endsWith('/reschedule-request/');
      const id = path.endsWith('/cancel/') ? foreign.orderId : asks ? own.appointmentId : own.orderId;
      const real = path.replace('{id}', String(id));
      const send = (): Promise<ApiAnswer> =>
        post(real, asks ? customer : office, name.replaceAll(' ', '_'), sampleOf(body ?? {}, ids) as object);
      const [first, again] = [await send(), await send()];
      expect(first.status, `${name}: ${JSON.stringify(first.body)}`).toBeLessThan(300);
      expect(again, name).toMatchObject({ status: first.status, body: first.body });
      expect(again.headers.get('idempotency-replayed'), name).toBe('true');
    }
  });

  test.each([' ', 'x'.repeat(201), 'ключ'])('%s is none', async (key) => {
    const { admin } = company;
    const token = await server.context.accessTokens.issue(admin.id, 'now');
    const headers = { 'idempotency-key': Buffer.from(key).toString('latin1') };
    const answer = await server.call('POST', '/api/trial/', { token, body: {}, headers });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
  });
});
