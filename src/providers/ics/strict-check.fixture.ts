/**
 * A strict reader of calendar texts, for tests: it knows nothing of the writer and reports every departure from RFC 5545,
 * 5546, 7986 and our own habits. An empty list means clean.
 */
export function strictCheck(text: string, kind: 'file' | 'feed' | 'caldav'): string[] {
  const findings = octetFindings(text);
  const lines = text
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .slice(0, -1)
    .map(parseLine);
  const root = buildTree(lines, findings);
  if (root) findings.push(...calendarFindings(root, kind));
  return findings;
}

interface Line {
  name: string;
  parameters: string;
  value: string;
}

interface Component {
  name: string;
  lines: Line[];
  parts: Component[];
}

function octetFindings(text: string): string[] {
  const findings: string[] = [];
  if (!text.isWellFormed()) findings.push('half a character');
  if (text.startsWith('\uFEFF')) findings.push('BOM');
  if (!text.endsWith('\r\n')) findings.push('no CRLF at the end');
  if (/\r(?!\n)|(?<!\r)\n/.test(text)) findings.push('a bare CR or LF');
  if (/[\p{Cc}--[\r\n\t]]/v.test(text)) findings.push('a control character');
  for (const line of text.split('\r\n').slice(0, -1)) {
    if (Buffer.byteLength(line) > 75) findings.push(`line of ${Buffer.byteLength(line)} octets`);
    if (line === '') findings.push('an empty line');
  }
  return findings;
}

function parseLine(text: string): Line {
  const match = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^":;,]*)(?:,(?:"[^"]*"|[^":;,]*))*)*):(.*)$/s.exec(text);
  const [, name = '', parameters = '', value = ''] = match ?? [];
  return match ? { name, parameters, value } : { name: 'UNREADABLE', parameters: '', value: text };
}

function buildTree(lines: readonly Line[], findings: string[]): Component | null {
  const root: Component = { name: '', lines: [], parts: [] };
  const open = [root];
  for (const line of lines) {
    const current = open.at(-1) ?? root;
    if (line.name === 'BEGIN') {
      const part = { name: line.value, lines: [], parts: [] };
      current.parts.push(part);
      open.push(part);
    } else if (line.name === 'END') {
      if (current.name !== line.value || open.length === 1) findings.push(`END:${line.value} closes ${current.name}`);
      else open.pop();
    } else {
      if (current.parts.length > 0) findings.push(`${line.name} after a part of ${current.name}`);
      current.lines.push(line);
    }
  }
  const [calendar, ...others] = root.parts;
  if (open.length > 1) findings.push(`${open.at(-1)?.name} is not closed`);
  if (calendar?.name === 'VCALENDAR' && others.length === 0 && root.lines.length === 0) return calendar;
  findings.push('not exactly one VCALENDAR');
  return null;
}

const DATE = '\\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const TIME = '(?:[01]\\d|2[0-3])[0-5]\\d[0-5]\\d';
const UTC = new RegExp(`^${DATE}T${TIME}Z$`);
const LOCAL = new RegExp(`^${DATE}T${TIME}$`);
const OFFSET = /^(?!-0000)[+-](?:0\d|1[0-5])[0-5]\d$/;
const TEXT = /^(?:[^\\;,]|\\[\\;,n])*$/;
const FILLED = /^(?=.*\S)(?:[^\\;,]|\\[\\;,n])*$/;
const DURATION = /^PT(?:\d+H)?(?:\d+M)?$/;

/** Per part: every property that may stand there, as `[least, most, form of the value]`. */
const PROPERTIES: Record<string, Record<string, [number, number, RegExp]>> = {
  VCALENDAR: {
    VERSION: [1, 1, /^2\.0$/],
    PRODID: [1, 1, TEXT],
    CALSCALE: [0, 1, /^GREGORIAN$/],
    METHOD: [0, 1, /^PUBLISH$/],
    NAME: [0, 1, TEXT],
    'X-WR-CALNAME': [0, 1, TEXT],
    'REFRESH-INTERVAL': [0, 1, DURATION],
    'X-PUBLISHED-TTL': [0, 1, DURATION],
  },
  VTIMEZONE: { TZID: [1, 1, /^[A-Z][\w+-]*(?:\/[\w+-]+)*$/] },
  STANDARD: observance(),
  DAYLIGHT: observance(),
  VEVENT: {
    UID: [1, 1, /^[\x21-\x7e]{1,255}$/],
    DTSTAMP: [1, 1, UTC],
    'LAST-MODIFIED': [0, 1, UTC],
    CREATED: [0, 1, UTC],
    SEQUENCE: [1, 1, /^\d{1,10}$/],
    DTSTART: [1, 1, new RegExp(`${UTC.source}|${LOCAL.source}`)],
    DTEND: [1, 1, new RegExp(`${UTC.source}|${LOCAL.source}`)],
    SUMMARY: [0, 1, /^(?=.*\S)(?:[^\\;,]|\\[\\;,])*$/],
    DESCRIPTION: [0, 1, FILLED],
    LOCATION: [0, 1, FILLED],
    URL: [0, 1, /^https?:\/\/[\x21-\x7e]+$/],
    STATUS: [1, 1, /^(?:CONFIRMED|CANCELLED)$/],
    CLASS: [0, 1, /^PRIVATE$/],
    TRANSP: [1, 1, /^(?:OPAQUE|TRANSPARENT)$/],
    'X-MICROSOFT-CDO-BUSYSTATUS': [1, 1, /^(?:BUSY|FREE)$/],
    // A published event is marked as ours by its appointment, one on a server by its link.
    'X-VALCLEAN-APPOINTMENT': [0, 1, /^\d+$/],
    'X-VALCLEAN-LINK': [0, 1, /^[\da-f-]{36}:\d+$/],
    'X-VALCLEAN-REMINDER': [0, 1, /^(?:\d+|default)$/],
  },
  VALARM: {
    ACTION: [1, 1, /^DISPLAY$/],
    TRIGGER: [1, 1, /^-PT\d+[HM]$/],
    DESCRIPTION: [1, 1, TEXT],
  },
};

function observance(): Record<string, [number, number, RegExp]> {
  return {
    TZNAME: [1, 1, /^[\w+-]{3,}$/],
    TZOFFSETFROM: [1, 1, OFFSET],
    TZOFFSETTO: [1, 1, OFFSET],
    DTSTART: [1, 1, LOCAL],
    RRULE: [0, 1, /^FREQ=YEARLY;BYMONTH=(?:[1-9]|1[0-2]);BYDAY=(?:-1|[1-4])(?:SU|MO|TU|WE|TH|FR|SA)$/],
  };
}

/** Which parts a part may have. */
const PARTS: Record<string, string[]> = {
  VCALENDAR: ['VTIMEZONE', 'VEVENT'],
  VTIMEZONE: ['STANDARD', 'DAYLIGHT'],
  VEVENT: ['VALARM'],
};

function calendarFindings(calendar: Component, kind: 'file' | 'feed' | 'caldav'): string[] {
  const zones = calendar.parts.filter((part) => part.name === 'VTIMEZONE').map((zone) => valueOf(zone, 'TZID') ?? '');
  const events = calendar.parts.filter((part) => part.name === 'VEVENT');
  const used = events.flatMap((event) => event.lines.map(zoneOf)).filter((zone) => zone !== null);
  const findings = [...partFindings(calendar), ...events.flatMap(eventFindings)];
  const firstEvent = calendar.parts.findIndex((part) => part.name === 'VEVENT');
  if (calendar.parts.slice(firstEvent).some((part) => firstEvent >= 0 && part.name === 'VTIMEZONE'))
    findings.push('a VTIMEZONE after an event');
  for (const zone of used) if (!zones.includes(zone)) findings.push(`${zone} is not defined`);
  for (const zone of zones)
    if (events.length > 0 && !used.includes(zone)) findings.push(`${zone} is defined for nothing`);
  if (new Set(zones).size < zones.length) findings.push('a zone is defined twice');
  return [...findings, ...kindFindings(calendar, events, kind)];
}

function kindFindings(calendar: Component, events: readonly Component[], kind: 'file' | 'feed' | 'caldav'): string[] {
  const findings: string[] = [];
  const uids = new Set(events.map((event) => valueOf(event, 'UID')));
  const marks = events.filter(
    (event) => (valueOf(event, 'X-VALCLEAN-APPOINTMENT') ?? valueOf(event, 'X-VALCLEAN-LINK')) === undefined,
  );
  if (marks.length > 0) findings.push('an event without our mark');
  if (kind === 'caldav' && uids.size !== 1) findings.push('not exactly one UID in an object');
  if (kind !== 'caldav' && uids.size !== events.length) findings.push('a UID twice');
  if ((valueOf(calendar, 'METHOD') === 'PUBLISH') !== (kind !== 'caldav')) findings.push(`wrong METHOD for a ${kind}`);
  if ((valueOf(calendar, 'NAME') !== undefined) !== (kind === 'feed')) findings.push(`wrong NAME for a ${kind}`);
  return findings;
}

function partFindings(part: Component): string[] {
  const rules = PROPERTIES[part.name] ?? {};
  const findings = part.lines
    .filter((line) => !rules[line.name]?.[2].test(line.value))
    .map((line) => `${line.name} in ${part.name}: ${JSON.stringify(line.value)}`);
  for (const [name, [least, most]] of Object.entries(rules)) {
    const count = part.lines.filter((line) => line.name === name).length;
    if (count < least || count > most) findings.push(`${count} times ${name} in ${part.name}`);
  }
  const allowed = PARTS[part.name] ?? [];
  findings.push(
    ...part.parts.filter(({ name }) => !allowed.includes(name)).map(({ name }) => `${name} in ${part.name}`),
  );
  if (part.name === 'VTIMEZONE' && part.parts.length === 0) findings.push('a VTIMEZONE without observance');
  return [...findings, ...part.parts.flatMap(partFindings)];
}

function eventFindings(event: Component): string[] {
  const [start, end] = ['DTSTART', 'DTEND'].map((name) => event.lines.find((line) => line.name === name));
  const findings: string[] = [];
  if (!start || !end) return findings;
  if (zoneOf(start) !== zoneOf(end)) findings.push('start and end in different zones');
  if (start.value.endsWith('Z') === (zoneOf(start) !== null)) findings.push('a floating time, or UTC with a zone');
  if (start.value >= end.value) findings.push('an end that is not after the start');
  if (valueOf(event, 'STATUS') === 'CANCELLED' && event.parts.length > 0)
    findings.push('an alarm for a cancelled event');
  return findings;
}

function zoneOf(line: Line): string | null {
  return /;TZID=([^;]+)/.exec(line.parameters)?.[1] ?? null;
}

function valueOf(part: Component, name: string): string | undefined {
  return part.lines.find((line) => line.name === name)?.value;
}
