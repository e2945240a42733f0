import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const JANE = { email: 'jane@example.com', password: 'a long password', name: 'Jane Doe' };

describe('registering', () => {
  test('makes a customer who is signed in', async () => {
    const answer = await server.call('POST', '/api/auth/register/', { body: { ...JANE, phone: '07700 900123' } });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    expect(answer.body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 900,
      user: { role: 'customer', version: 1 },
    });
    const me = await server.call('GET', '/api/auth/me/', { token: answer.body.access_token });
    expect(me.status).toBe(200);
    expect(me.body).toEqual({
      id: answer.body.user.id,
      email: 'jane@example.com',
      name: 'Jane Doe',
      phone: '07700 900123',
      role: 'customer',
      time_zone: 'UTC',
      manager_id: null,
      calendar_sync_enabled: true,
      version: 1,
    });
  });
});
