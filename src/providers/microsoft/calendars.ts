import { ProviderFailure, type CalendarKind, type Failure, type TargetCalendar } from '../../sync/provider.ts';
import { readValue } from '../kit/read-body.ts';
import type { ApiAnswer, ApiRequest, GraphApi } from './api.ts';
import { failureOf, isFolderTaken, isMissing, isWithoutMailbox } from './errors.ts';
import { CALENDARS_PER_PAGE } from './limits.ts';
import { calendarMark, findOwnCalendar } from './marks.ts';
import { succeeded } from './operations.ts';
import { calendarPath, PRIMARY } from './paths.ts';
import { calendarListSchema, calendarSchema, type GraphCalendar } from './schema.ts';
import type { Effect } from '../kit/unanswered.ts';

const SELECT = '$select=id,name,canEdit';
/** Pages of a list of calendars that are followed at most: nobody has a thousand calendars. */
const MOST_PAGES = 10;

/** Finds or makes the calendar that events go to. @throws {ProviderFailure} */
export async function openCalendar(
  api: GraphApi,
  accessToken: string,
  kind: CalendarKind,
  calendarName: string,
  signal: AbortSignal,
): Promise<TargetCalendar> {
  const send: Send = async (request) => {
    const [answer] = await api.send(accessToken, [request], signal);
    return answer ?? { kind: 'unanswered', sent: true, code: 'part_missing' };
  };
  return kind === 'primary' ? openPrimary(send) : openDedicated(api, send, calendarName);
}

type Send = (request: ApiRequest) => Promise<ApiAnswer>;

/** Also tells whether there is a mailbox at all: guests and people without a licence sign in all the same. */
async function openPrimary(send: Send): Promise<TargetCalendar> {
  const answer = await send({ method: 'GET', path: `${calendarPath(PRIMARY)}?${SELECT}` });
  if (isMissing(answer)) throw new ProviderFailure({ kind: 'gone', what: 'calendar' });
  const calendar = readCalendar(answer, 'read');
  if (calendar.canEdit === false) throw new ProviderFailure({ kind: 'refused', code: 'calendar_read_only' });
  return { id: PRIMARY, name: calendar.name ?? 'Calendar', kind: 'primary' };
}

/** One that we made earlier, or that has the name already; else a new one. */
async function openDedicated(api: GraphApi, send: Send, name: string): Promise<TargetCalendar> {
  const known = (await markedCalendar(send)) ?? (await namedCalendar(api, send, name));
  if (known) return target(known, name);
  const body = { name, color: 'lightTeal', singleValueExtendedProperties: [calendarMark()] };
  const answer = await send({ method: 'POST', path: '/me/calendars', body });
  if (isFolderTaken(answer)) {
    const taken = await namedCalendar(api, send, name);
    if (taken) return target(taken, name);
    throw new ProviderFailure({ kind: 'refused', code: 'calendar_name_taken' });
  }
  const made = readCalendar(answer, 'write');
  // The id in the answer has been seen to differ from that of the list, which is the one that lasts.
  return target((await namedCalendar(api, send, name)) ?? made, name);
}

async function markedCalendar(send: Send): Promise<GraphCalendar | null> {
  const answer = await send({ method: 'GET', path: `/me/calendars?${findOwnCalendar()}&${SELECT}` });
  // A mailbox that can't search its calendars by property still has their names.
  if (answer.kind === 'answered' && answer.status === 400) return null;
  return readList(answer).value.find(editable) ?? null;
}

async function namedCalendar(api: GraphApi, send: Send, name: string): Promise<GraphCalendar | null> {
  let path: string | null = `/me/calendars?${SELECT}&$top=${CALENDARS_PER_PAGE}`;
  for (let page = 0; page < MOST_PAGES && path !== null; page += 1) {
    const list = readList(await send({ method: 'GET', path }));
    const found = list.value.find((calendar) => calendar.name === name && editable(calendar));
    if (found) return found;
    const next = list['@odata.nextLink'];
    path = next === undefined ? null : api.pathOf(next);
  }
  return null;
}

function readList(answer: ApiAnswer): ReturnType<typeof calendarListSchema.parse> {
  const list = succeeded(answer) ? readValue(calendarListSchema, answer.json) : null;
  if (list) return list;
  throw new ProviderFailure(openingFailure(answer, 'read'));
}

function readCalendar(answer: ApiAnswer, effect: Effect): GraphCalendar {
  const calendar = succeeded(answer) ? readValue(calendarSchema, answer.json) : null;
  if (calendar) return calendar;
  throw new ProviderFailure(openingFailure(answer, effect));
}

/** Right after the consent a missing mailbox is an answer, not a pause. */
function openingFailure(answer: ApiAnswer, effect: Effect): Failure {
  return isWithoutMailbox(answer) ? { kind: 'refused', code: 'no_mailbox' } : failureOf(answer, effect);
}

function editable({ canEdit }: GraphCalendar): boolean {
  return canEdit !== false;
}

function target({ id, name }: GraphCalendar, wanted: string): TargetCalendar {
  return { id, name: name ?? wanted, kind: 'dedicated' };
}
