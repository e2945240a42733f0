import type { WriterJobs } from '../sides/writer-process.ts';
import type { CalendarWriterName } from '../support/calendar-writers.ts';
import { perSecond, type Effort } from '../support/effort.ts';
import type { Bench, Row } from '../support/row.ts';
import { startSide, type Side } from '../support/side.ts';
import { median, medianRatio } from '../support/statistics.ts';

const EVENTS = 10_000;
/** So many of them are read back and compared. */
const CHECKED = 1_000;

const GOALS = {
  'ical-generator': 20,
  'ts-ics': 3,
  'ical.js': 3,
} as const satisfies Partial<Record<CalendarWriterName, number>>;

type Peer = keyof typeof GOALS;
const PEERS = Object.keys(GOALS) as Peer[];

/** Of ours so many at a time take as long as one of the others. */
const OUR_TIMES = 10;
/** Takes half a minute for one calendar, which is too long for every round. */
const SLOWEST: Peer = 'ts-ics';

type Round = Record<'ours' | 'oursAgain', Effort> & Partial<Record<Peer, Effort>>;

/** How fast calendars of 10,000 events are written, beside the libraries that people would take for it. */
export async function writer({ quick, rounds, say }: Bench): Promise<Row[]> {
  const events = quick ? EVENTS / 5 : EVENTS;
  const sides = new Map<CalendarWriterName, Side<WriterJobs>>();
  const digests = new Set<string>();
  for (const name of ['ours', ...PEERS] as const) {
    const side = startSide<WriterJobs>('writer-process.ts');
    await side.call('open', { writer: name, events });
    digests.add(await side.call('check', { events: CHECKED }));
    sides.set(name, side);
  }
  if (digests.size !== 1) throw new Error('the writers did not write the same');
  const write = async (name: CalendarWriterName, times: number): Promise<Effort> => {
    const side = sides.get(name);
    if (!side) throw new Error(`no side for ${name}`);
    return side.call('write', { times });
  };
  const quickOnes = PEERS.filter((name) => name !== SLOWEST);
  const round = async (): Promise<Round> => {
    const one: Round = { ours: await write('ours', OUR_TIMES), oursAgain: await write('ours', OUR_TIMES) };
    for (const name of quickOnes) one[name] = await write(name, 1);
    return one;
  };
  say('writing the same, by four writers');
  await round(); // everybody warms up
  const measured: Round[] = [];
  for (let at = 0; at < rounds; at += 1) measured.push(await round());
  const [first] = measured;
  if (first) first[SLOWEST] = await write(SLOWEST, 1);
  for (const side of sides.values()) await side.close();
  return PEERS.map((peer) => row(peer, events, measured));
}

function row(peer: Peer, events: number, rounds: readonly Round[]): Row {
  const both = rounds.flatMap(({ ours, oursAgain, [peer]: theirs }) => (theirs ? [{ ours, oursAgain, theirs }] : []));
  const rate = (efforts: readonly Effort[]): string =>
    `${Math.round(median(efforts.map(perSecond))).toLocaleString('en')}/s`;
  return {
    name: `events/s written ÷ ${peer}, ${events.toLocaleString('en')} events`,
    goal: { atLeast: GOALS[peer] },
    value: medianRatio(both.map(({ ours, theirs }) => ({ ours: perSecond(ours), theirs: perSecond(theirs) }))),
    control: medianRatio(both.map(({ ours, oursAgain }) => ({ ours: perSecond(oursAgain), theirs: perSecond(ours) }))),
    note: `${rate(both.map(({ ours }) => ours))} ÷ ${rate(both.map(({ theirs }) => theirs))}, ${both.length} rounds`,
  };
}
