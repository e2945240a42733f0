import { createHash } from 'node:crypto';

/** Somebody with an account. */
export interface AccountConfig {
  /** Their sign-in; an e-mail address, or a name. */
  user: string;
  password: string;
  name: string;
}

export interface Account extends AccountConfig {
  calendars: Calendar[];
}

export interface Calendar {
  /** Last segment of its path. */
  slug: string;
  name: string;
  /** Grows with every change; `changes` tells which object each was. */
  revision: number;
  objects: StoredObject[];
  changes: { name: string; revision: number }[];
  /** Sync tokens of earlier generations are not known any more. */
  generation: number;
  /** Others share it with its owner, who only reads. */
  readOnly: boolean;
}

export interface StoredObject {
  /** Last segment of its path. */
  name: string;
  uid: string;
  data: string;
  etag: string;
}

export interface State {
  accounts: Account[];
}

export function addAccount(state: State, config: AccountConfig): void {
  if (state.accounts.some(({ user }) => user === config.user)) return;
  state.accounts.push({ ...config, calendars: [newCalendar('calendar', `${config.name}'s calendar`)] });
}

export function newCalendar(slug: string, name: string): Calendar {
  return { slug, name, revision: 1, objects: [], changes: [], generation: 1, readOnly: false };
}

/** Keeps an object, and remembers that it changed. */
export function putObject(calendar: Calendar, { name, uid, data }: Omit<StoredObject, 'etag'>): StoredObject {
  const revision = changed(calendar, name);
  const etag = createHash('sha256').update(`${revision}:${data}`).digest('hex').slice(0, 24);
  const object = { name, uid, data, etag };
  const at = calendar.objects.findIndex((one) => one.name === name);
  if (at === -1) calendar.objects.push(object);
  else calendar.objects[at] = object;
  return object;
}

/** False when there is no such object. */
export function removeObject(calendar: Calendar, name: string): boolean {
  const at = calendar.objects.findIndex((one) => one.name === name);
  if (at === -1) return false;
  calendar.objects.splice(at, 1);
  changed(calendar, name);
  return true;
}

function changed(calendar: Calendar, name: string): number {
  calendar.revision += 1;
  calendar.changes = calendar.changes.filter((change) => change.name !== name);
  calendar.changes.push({ name, revision: calendar.revision });
  return calendar.revision;
}
