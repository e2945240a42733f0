import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundCompany, type Company } from '../support/company.ts';
import { START_LIMIT_MS, startTestServer, type Person, type TestServer } from '../support/server.ts';

let server: TestServer;
let company: Company;
beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server);
}, START_LIMIT_MS);
afterAll(() => server.close(), START_LIMIT_MS);

interface Preview {
  role: string;
  title: string;
  description: string;
}

async function preview({ token }: Person): Promise<Preview[]> {
  const { status, body } = await server.call('GET', '/api/calendar/preview/', { token });
  expect(status).toBe(200);
  return body.items;
}

test('everybody sees how their own events look, and those who look after others theirs, too', async () => {
  const { customer, staff, manager } = company.own;
  const rolesOf = async (person: Person): Promise<string[]> => (await preview(person)).map(({ role }) => role);
  expect(await rolesOf(customer)).toEqual(['customer']);
  expect(await rolesOf(staff)).toEqual(['staff']);
  expect(await rolesOf(manager)).toEqual(['manager', 'staff', 'customer']);
  expect(await rolesOf(company.admin)).toEqual(['admin', 'manager', 'staff', 'customer']);
});

test('each shows what that part may see', async () => {
  const shown = Object.fromEntries((await preview(company.admin)).map((event) => [event.role, event]));
  expect(shown['customer']?.title).toBe('VALClean: Deep clean');
  expect(shown['customer']?.description).toContain('We arrive between 09:00 and 09:30');
  expect(shown['customer']?.description).not.toContain('Key safe');
  expect(shown['staff']?.description).toContain('Access: Key safe by the door');
  expect(shown['staff']?.description).not.toContain('Price');
  expect(shown['manager']?.description).toContain('Internal notes: Regular since spring');
  expect(shown['admin']?.title).toContain('#1');
});
