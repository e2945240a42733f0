import { findServer, startRadicale } from '../../test/support/caldav-servers.ts';
import { authorization } from '../../src/providers/caldav/account.ts';
import { AT_ONCE } from '../../src/providers/caldav/limits.ts';
import type { BareCaldavJobs } from '../sides/bare-caldav-process.ts';
import type { CaldavJobs } from '../sides/caldav-process.ts';
import { makeCalendar, readObjects } from '../support/caldav-calendar.ts';
import { perSecond, type Effort } from '../support/effort.ts';
import type { Bench, Row } from '../support/row.ts';
import { startSide } from '../support/side.ts';
import { median, medianRatio } from '../support/statistics.ts';
import { fillByVdirsyncer, hasVdirsyncer } from '../support/vdirsyncer.ts';

interface Round {
  ours: Effort;
  bare: Effort;
  bareAgain: Effort;
  vdirsyncer: Effort | null;
}

/** How fast an empty calendar on Radicale is filled: by the whole worker, by nothing but PUTs, and by vdirsyncer. */
export async function caldav({ quick, rounds, say }: Bench): Promise<Row[]> {
  if (findServer('radicale') === null) {
    say('left out: Radicale is not on this machine');
    return [];
  }
  const withVdirsyncer = await hasVdirsyncer();
  if (!withVdirsyncer) say('without vdirsyncer, which is not on this machine');
  const events = quick ? 20 : 80;
  const sides = ['ours', 'bare', 'bareAgain', 'vdirsyncer'] as const;
  // Accounts of their own for each round, so that calendars begin empty.
  const usersOf = (at: number): string[] => sides.map((side) => `${side}-${at}@dav.example`);
  const users = Array.from({ length: rounds + 1 }, (_, at) => usersOf(at)).flat();
  await using cleanup = new AsyncDisposableStack();
  const server = await startRadicale(Object.fromEntries(users.map((user) => [user, PASSWORD])), cleanup);
  const worker = startSide<CaldavJobs>('caldav-process.ts');
  const bare = startSide<BareCaldavJobs>('bare-caldav-process.ts');
  await worker.call('open');
  say(`filling calendars with ${events} events`);
  const measured: Round[] = [];
  for (let at = 0; at <= rounds; at += 1) {
    const [ours = '', first = '', second = '', other = ''] = usersOf(at);
    const account = (username: string): { username: string; password: string } => ({ username, password: PASSWORD });
    for (const user of usersOf(at)) await makeCalendar(`${server.url}${pathOf(user)}`, account(user));
    const objectsOf = async (user: string): Promise<string[]> => {
      const found = await readObjects(`${server.url}${pathOf(user)}`, account(user));
      if (found.length !== events) throw new Error(`${user} has ${found.length} events instead of ${events}`);
      return found;
    };
    const filled = await worker.call('fill', { login: { server: server.url, ...account(ours) }, events });
    const objects = await objectsOf(ours);
    const put = async (user: string): Promise<Effort> => {
      const headers = { authorization: authorization(account(user)) };
      const calendar = `${server.url}${pathOf(user)}`;
      const effort = await bare.call('put', { calendar, headers, objects, atOnce: AT_ONCE });
      await objectsOf(user);
      return effort;
    };
    const [bareFirst, bareAgain] = [await put(first), await put(second)];
    let vdirsyncer: Effort | null = null;
    if (withVdirsyncer) {
      vdirsyncer = await fillByVdirsyncer(`${server.url}${pathOf(other)}`, account(other), objects);
      await objectsOf(other);
    }
    // In the first round everybody warms up.
    if (at > 0) measured.push({ ours: filled, bare: bareFirst, bareAgain, vdirsyncer });
  }
  await worker.close();
  await bare.close();
  return rows(measured);
}

const PASSWORD = 'app-password';

function pathOf(user: string): string {
  return `/${encodeURIComponent(user)}/personal/`;
}

function rows(rounds: readonly Round[]): Row[] {
  const rate = (efforts: readonly Effort[]): string => `${median(efforts.map(perSecond)).toFixed(0)}/s`;
  const ratio = (pairs: readonly { over: Effort; under: Effort }[]): number =>
    medianRatio(pairs.map(({ over, under }) => ({ ours: perSecond(over), theirs: perSecond(under) })));
  const control = ratio(rounds.map(({ bare, bareAgain }) => ({ over: bareAgain, under: bare })));
  const ours = rate(rounds.map((round) => round.ours));
  const table: Row[] = [
    {
      name: `events/s to Radicale ÷ bare PUTs, ${AT_ONCE} at once`,
      goal: { atLeast: 0.95 },
      value: ratio(rounds.map((round) => ({ over: round.ours, under: round.bare }))),
      control,
      note: `${ours} ÷ ${rate(rounds.map((round) => round.bare))}`,
    },
  ];
  const others = rounds.flatMap(({ ours: over, vdirsyncer: under }) => (under ? [{ over, under }] : []));
  if (others.length > 0) {
    table.push({
      name: 'events/s to Radicale ÷ vdirsyncer',
      goal: { atLeast: 1 },
      value: ratio(others),
      control,
      note: `${ours} ÷ ${rate(others.map(({ under }) => under))}`,
    });
  }
  return table;
}
