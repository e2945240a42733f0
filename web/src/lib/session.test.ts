import { beforeEach, describe, expect, test } from 'vitest';
import { Problem } from './problem.ts';
import { createSession, STORAGE_KEY, type Credentials, type Session } from './session.ts';

const JANE = {
  id: 7,
  name: 'Jane Doe',
  email: 'jane@example.com',
  role: 'customer',
  time_zone: 'Europe/London',
} as const;

function credentials(count: number, user: Credentials['user'] = JANE): Credentials {
  return { access_token: `access-${count}`, refresh_token: `refresh-${count}`, expires_in: 900, user };
}

function memoryStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const values = new Map<string, string>();
  return {
    getItem: (name) => values.get(name) ?? null,
    setItem: (name, value) => void values.set(name, value),
    removeItem: (name) => void values.delete(name),
  };
}

let storage = memoryStorage();
let now = 0;
let exchanged: string[] = [];
let answer: (token: string) => Promise<Credentials>;
let session: Session;

function makeSession(): Session {
  return createSession({
    storage,
    exchange(token) {
      exchanged.push(token);
      return answer(token);
    },
    exclusively: (work) => work(),
    now: () => now,
  });
}

beforeEach(() => {
  storage = memoryStorage();
  now = 0;
  exchanged = [];
  answer = async () => credentials(2);
  session = makeSession();
});

describe('accessToken', () => {
  test('is null when nobody ever signed in here', async () => {
    expect(await session.accessToken()).toBeNull();
    expect(session.state()).toEqual({ kind: 'signed_out', why: 'absent' });
    expect(exchanged).toEqual([]);
  });

  test('is given without a call while it is good', async () => {
    session.open(credentials(1));
    expect(await session.accessToken()).toBe('access-1');
    expect(exchanged).toEqual([]);
  });

  test('is renewed before it runs out', async () => {
    session.open(credentials(1));
    now = 871_000;
    expect(await session.accessToken()).toBe('access-2');
    expect(exchanged).toEqual(['refresh-1']);
    expect(session.refreshToken()).toBe('refresh-2');
  });

  test('is renewed once, however many ask at the same time', async () => {
    session.open(credentials(1));
    now = 900_000;
    const tokens = await Promise.all([session.accessToken(), session.accessToken(), session.renew('access-1')]);
    expect(tokens).toEqual(['access-2', 'access-2', 'access-2']);
    expect(exchanged).toEqual(['refresh-1']);
  });

  test('comes back after a reload of the page', async () => {
    session.open(credentials(1));
    const reloaded = makeSession();
    expect(reloaded.state()).toEqual({ kind: 'unknown' });
    expect(await reloaded.accessToken()).toBe('access-2');
    expect(reloaded.state()).toEqual({ kind: 'signed_in', user: JANE });
  });
});

describe('when the renewal is refused', () => {
  test('the sign-in ends, and it is told that it expired', async () => {
    session.open(credentials(1));
    answer = async () => Promise.reject(new Problem(401, 'bad_refresh_token', 'Sign in again.'));
    expect(await session.renew('access-1')).toBeNull();
    expect(session.state()).toEqual({ kind: 'signed_out', why: 'expired' });
    expect(storage.getItem(STORAGE_KEY)).toBeNull();
  });

  test('a token that another tab left meanwhile is tried', async () => {
    session.open(credentials(1));
    answer = async (token) => {
      if (token === 'refresh-9') return credentials(10);
      storage.setItem(STORAGE_KEY, '7:refresh-9');
      throw new Problem(401, 'bad_refresh_token', 'Sign in again.');
    };
    expect(await session.renew('access-1')).toBe('access-10');
  });

  test('no answer at all changes nothing', async () => {
    session.open(credentials(1));
    answer = async () => Promise.reject(new Problem(0, 'unreachable', 'No network.'));
    await expect(session.renew('access-1')).rejects.toThrow('No network.');
    expect(session.refreshToken()).toBe('refresh-1');
    answer = async () => credentials(2);
    expect(await session.renew('access-1')).toBe('access-2');
  });
});

test('a token that was renewed meanwhile is given again without a call', async () => {
  session.open(credentials(1));
  await session.renew('access-1');
  expect(await session.renew('access-1')).toBe('access-2');
  expect(exchanged).toEqual(['refresh-1']);
});

describe('other tabs', () => {
  test('signing out there signs out here', () => {
    session.open(credentials(1));
    storage.removeItem(STORAGE_KEY);
    session.storageChanged();
    expect(session.state()).toEqual({ kind: 'signed_out', why: 'left' });
  });

  test('a renewal there leaves this tab as it is', () => {
    session.open(credentials(1));
    storage.setItem(STORAGE_KEY, '7:refresh-5');
    session.storageChanged();
    expect(session.state().kind).toBe('signed_in');
  });

  test('somebody else there becomes the one here', async () => {
    session.open(credentials(1));
    storage.setItem(STORAGE_KEY, '8:refresh-5');
    session.storageChanged();
    expect(session.state()).toEqual({ kind: 'unknown' });
    answer = async () => credentials(6, { ...JANE, id: 8, name: 'Karim' });
    expect(await session.accessToken()).toBe('access-6');
    expect(exchanged).toEqual(['refresh-5']);
  });
});

test('what is known of the person can change, and of nobody else', () => {
  const renamed = { ...JANE, name: 'Jane Roe' };
  session.know(renamed);
  expect(session.state()).toEqual({ kind: 'unknown' });
  session.open(credentials(1));
  session.know({ ...renamed, id: 8 });
  expect(session.state()).toEqual({ kind: 'signed_in', user: JANE });
  session.know(renamed);
  expect(session.state()).toEqual({ kind: 'signed_in', user: renamed });
});

test('listeners hear of every change until they leave', () => {
  let heard = 0;
  const leave = session.subscribe(() => {
    heard += 1;
  });
  session.open(credentials(1));
  session.close('left');
  leave();
  session.open(credentials(2));
  expect(heard).toBe(2);
});
