import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-ports.ts';
import { openMarionette, type Marionette } from './marionette.ts';
import { startProcess, type OwnedProcess } from './owned-process.ts';

/** Thunderbird itself, without a screen, with a profile of its own and no way to any other machine. */
export interface Thunderbird {
  version: string;
  /** Makes a time zone the one that its owner lives in. */
  liveIn(timeZone: string): Promise<void>;
  /** Imports a file into the calendar that a new profile has, as File → Import does. */
  importFile(file: string): Promise<void>;
  /** Subscribes to an address, as New Calendar → On the Network does. @throws when no calendar is found there */
  subscribe(url: string): Promise<void>;
  /** Fetches what it has subscribed to again. */
  refresh(): Promise<void>;
  /** What it shows of the year 2027, imported or subscribed, by UID. */
  events(from: 'imported' | 'subscribed'): Promise<Map<string, ShownEvent>>;
}

/** An event as its owner sees it where they live. */
export interface ShownEvent {
  title: string;
  /** As the views write it: `2027-03-14 09:00`. */
  starts: string;
  ends: string;
  startsAt: Date;
  endsAt: Date;
  status: string;
  sequence: number;
}

/** Debian's package `thunderbird`; `null` when it is not on this machine. */
export function findThunderbird(): string | null {
  // The program itself: what lies in /usr/bin first moves old profiles about.
  const program = '/usr/lib/thunderbird/thunderbird';
  return fs.existsSync(program) ? program : null;
}

const START_LIMIT_MS = 120_000;

/**
 * Starts it.
 * @param cleanup ends it and removes its profile, also when it does not start
 * @throws when it is not installed, or does not start
 */
export async function startThunderbird(cleanup: AsyncDisposableStack): Promise<Thunderbird> {
  const program = findThunderbird();
  if (program === null) throw new Error('Thunderbird is not installed');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'valclean-thunderbird-'));
  cleanup.defer(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const port = await freePort();
  fs.writeFileSync(path.join(folder, 'user.js'), preferences(port));
  const args = ['--headless', '--no-remote', '--profile', folder, '--marionette', '--remote-allow-system-access'];
  const env = { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' };
  const running = startProcess(program, args, { cwd: folder, env }, cleanup);
  const marionette = await untilOpen(port, running);
  cleanup.defer(() => marionette.close());
  return openCalendars(marionette);
}

/** Its own settings, as a person could make them too. */
function preferences(port: number): string {
  const settings = {
    'marionette.port': port,
    // All but this machine lies behind a proxy that is not there.
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': 9,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': 9,
    'app.update.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'mail.provider.suppress_dialog_on_startup': true,
    'mailnews.start_page.enabled': false,
    'mail.rights.version': 1,
    'calendar.timezone.useSystemTimezone': false,
    'calendar.timezone.local': 'UTC',
    // Dates and times as ISO writes them, whatever the machine's language.
    'calendar.date.format': 1,
    'intl.date_time.pattern_override.date_short': 'yyyy-MM-dd',
    'intl.date_time.pattern_override.time_short': 'HH:mm',
  };
  const lines = Object.entries(settings).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
  return lines.join('');
}

async function untilOpen(port: number, running: OwnedProcess): Promise<Marionette> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (!running.hasEnded() && Date.now() < deadline) {
    const marionette = await openMarionette(port).catch(() => null);
    if (marionette) return marionette;
    await pause(100);
  }
  throw new Error(`Thunderbird does not start: ${running.said()}`);
}

/** In every script: its own modules, and the calendar that is meant. */
const HEAD = `
  const { cal } = ChromeUtils.importESModule('resource:///modules/calendar/calUtils.sys.mjs');
  const named = (type) => cal.manager.getCalendars().find((calendar) => calendar.type === type);
`;

const LIVE_IN = `
  Services.prefs.setStringPref('calendar.timezone.local', args[0]);
  return cal.dtz.defaultTimezone.tzid;
`;

const IMPORT = `
  const { CalendarFileImporter } = ChromeUtils.importESModule('resource:///modules/CalendarFileImporter.sys.mjs');
  const importer = new CalendarFileImporter();
  const file = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
  file.initWithPath(args[0]);
  const home = named('storage');
  // In a new profile it waits for its owner to switch it on.
  home.setProperty('disabled', false);
  await importer.startImport(await importer.parseIcsFile(file), home);
`;

/** What the dialogue does: it looks what is at an address, and registers what it has found; then it is read once. */
const SUBSCRIBE = `
  const found = await cal.provider.detection.detect('', '', args[0], false, [], {});
  const [calendar] = [...found].find(([provider]) => provider.type === 'ics')?.[1] ?? [];
  if (!calendar) throw new Error('no calendar was found');
  await new Promise((resolve, reject) => {
    calendar.addObserver(cal.createAdapter(Ci.calIObserver, {
      onLoad: resolve,
      onError: (_, code, message) => reject(new Error(code + ' ' + message)),
    }));
    cal.manager.registerCalendar(calendar);
    calendar.refresh();
  });
`;

const REFRESH = `
  const calendar = named('ics');
  await new Promise((resolve, reject) => {
    const observer = cal.createAdapter(Ci.calIObserver, {
      onLoad: () => (calendar.removeObserver(observer), resolve()),
      onError: (_, code, message) => reject(new Error(code + ' ' + message)),
    });
    calendar.addObserver(observer);
    calendar.refresh();
  });
`;

const LIST = `
  const [from, to] = args.slice(1).map((day) => cal.createDateTime(day));
  const calendar = named(args[0]);
  const items = await calendar.getItemsAsArray(Ci.calICalendar.ITEM_FILTER_ALL_ITEMS, 0, from, to);
  const { formatter, defaultTimezone } = cal.dtz;
  const shown = (time) => {
    const there = time.getInTimezone(defaultTimezone);
    return formatter.formatDateShort(there) + ' ' + formatter.formatTime(there);
  };
  const at = (time) => cal.dtz.dateTimeToJsDate(time).getTime();
  return items.map((item) => ({
    ...{ uid: item.id, title: item.title, starts: shown(item.startDate), ends: shown(item.endDate) },
    ...{ startsAt: at(item.startDate), endsAt: at(item.endDate) },
    ...{ status: item.status, sequence: Number(item.getProperty('SEQUENCE')) },
  }));
`;

type Listed = Omit<ShownEvent, 'startsAt' | 'endsAt'> & { uid: string; startsAt: number; endsAt: number };

async function openCalendars(marionette: Marionette): Promise<Thunderbird> {
  const run = (script: string, ...args: unknown[]): Promise<unknown> => marionette.run(HEAD + script, ...args);
  return {
    version: String(await run('return Services.appinfo.version;')),
    async liveIn(timeZone) {
      const now = await run(LIVE_IN, timeZone);
      if (now !== timeZone) throw new Error(`Thunderbird does not know ${timeZone}`);
    },
    importFile: async (file) => void (await run(IMPORT, file)),
    subscribe: async (url) => void (await run(SUBSCRIBE, url)),
    refresh: async () => void (await run(REFRESH)),
    async events(from) {
      const type = from === 'imported' ? 'storage' : 'ics';
      const items = (await run(LIST, type, '20270101T000000Z', '20280101T000000Z')) as Listed[];
      const entries = items.map(
        ({ uid, startsAt, endsAt, ...item }) =>
          [uid, { ...item, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }] as const,
      );
      if (new Set(entries.map(([uid]) => uid)).size < entries.length) throw new Error('An event is there twice');
      return new Map(entries);
    },
  };
}
