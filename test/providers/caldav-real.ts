import { randomUUID } from 'node:crypto';
import { createHttpClient } from '../../src/providers/kit/http-client.ts';
import { createAddressGuard } from '../../src/providers/kit/address-guard.ts';
import { authorization } from '../../src/providers/caldav/account.ts';
import { ETAG } from '../../src/providers/caldav/bodies.ts';
import { readMultistatus } from '../../src/providers/caldav/multistatus.ts';
import { startCaldavProxy } from '../support/caldav-proxy.ts';
import type { CaldavServer } from '../support/caldav-servers.ts';
import { edits, seenObject } from './caldav-seen.ts';
import { openClient } from './caldav-setup.ts';
import type { ContractSetup, SeenEvent } from './contract.ts';

/** Somebody's own program, which speaks to the server without us and without faults. */
export interface OwnersProgram {
  /** Paths and texts of a calendar's objects. */
  objects(calendar: string): Promise<{ path: string; data: string }[]>;
  edit(path: string, change: (data: string) => string): Promise<void>;
  remove(path: string): Promise<void>;
  makeCalendar(path: string): Promise<void>;
  close(): Promise<void>;
}

export function ownersProgram(server: CaldavServer, person: { username: string; password: string }): OwnersProgram {
  const http = createHttpClient({ endpoints: createAddressGuard({ allowPrivate: true }) });
  const send = async (
    method: 'GET' | 'PUT' | 'DELETE' | 'PROPFIND' | 'MKCALENDAR',
    path: string,
    more: { headers?: Record<string, string>; body?: string } = {},
  ): Promise<string> => {
    const url = new URL(path, server.url);
    const headers = { authorization: authorization(person), ...more.headers };
    const answer = await http.send({ method, url, ...more, headers });
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${answer.body.slice(0, 200)}`);
  };
  return {
    async objects(calendar) {
      const headers = { depth: '1', 'content-type': 'application/xml; charset=utf-8' };
      const body = await send('PROPFIND', calendar, { headers, body: ETAG });
      const list = readMultistatus(body, new URL(calendar, server.url))?.resources ?? [];
      const paths = list.map(({ url }) => url.pathname).filter((path) => path.endsWith('.ics'));
      return Promise.all(paths.map(async (path) => ({ path, data: await send('GET', path) })));
    },
    async edit(path, change) {
      const headers = { 'content-type': 'text/calendar; charset=utf-8' };
      await send('PUT', path, { headers, body: change(await send('GET', path)) });
    },
    remove: async (path) => void (await send('DELETE', path)),
    makeCalendar: async (path) => void (await send('MKCALENDAR', path)),
    close: () => http.close(),
  };
}

/**
 * A real server behind a line that can fail, for the contract.
 * @param primary path of the calendar that the person has already
 */
export async function openRealContract(
  server: CaldavServer,
  person: { username: string; password: string },
  primary: string,
): Promise<ContractSetup> {
  const proxy = await startCaldavProxy(server.url);
  const client = openClient();
  const program = ownersProgram(server, person);
  const { login, provider } = client;
  const signal = AbortSignal.timeout(30_000);
  // What tests before this one have left.
  for (const { path } of await program.objects(primary)) await program.remove(path);
  const { grant } = await login.open({ server: proxy.url, ...person }, signal);
  const { accessToken } = grant.tokens;
  const opened = await provider.openCalendar(accessToken, 'dedicated', `VALClean ${randomUUID()}`, signal);
  return {
    provider,
    session: { accessToken, calendarId: opened.id },
    primaryToken: async () => accessToken,
    colours: ['turquoise', 'tomato'],
    events: async (id = opened.id): Promise<SeenEvent[]> =>
      (await program.objects(id)).map(({ path, data }) => seenObject(path, data)),
    owner: {
      colour: (id, colour) => program.edit(id, edits.colour(colour)),
      remind: (id, minutes) => program.edit(id, edits.remind(minutes)),
      move: (id, startsAt, endsAt) => program.edit(id, edits.move(startsAt, endsAt)),
      remove: program.remove,
      removeCalendar: () => program.remove(opened.id),
    },
    network: {
      loseNextAnswer: proxy.loseNextAnswer,
      hangNextCreate: proxy.hangNextCreate,
      throttleNextCreate: proxy.throttleNextCreate,
      forgetCursors: proxy.forgetTokens,
    },
    async close() {
      await client.http.close();
      await program.close();
      await proxy.close();
    },
  };
}
