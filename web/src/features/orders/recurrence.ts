/** The simple rules that the booking form offers. */
export type Rhythm = 'once' | 'weekly' | 'biweekly';

/** A rule of RFC 5545 §3.3.10, or `null` for a single visit. */
export function toRule(rhythm: Rhythm, visits: number): string | null {
  if (rhythm === 'once') return null;
  return `FREQ=WEEKLY;${rhythm === 'biweekly' ? 'INTERVAL=2;' : ''}COUNT=${visits}`;
}

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  DAILY: ['every day', 'days'],
  WEEKLY: ['every week', 'weeks'],
  MONTHLY: ['every month', 'months'],
  YEARLY: ['every year', 'years'],
};

/** A rule in words: `Every 2 weeks, 6 visits`. Rules beyond frequency, interval and end are called by what they are. */
export function ruleWords(rule: string): string {
  const parts = new Map(
    rule
      .replace(/^RRULE:/i, '')
      .split(';')
      .map((part) => {
        const [name = '', value = ''] = part.split('=');
        return [name.toUpperCase(), value.toUpperCase()] as const;
      }),
  );
  const unit = UNITS[parts.get('FREQ') ?? ''];
  if (unit === undefined) return 'Repeats by a rule of its own';
  const interval = Number(parts.get('INTERVAL') ?? '1');
  const often = interval === 1 ? unit[0] : `every ${interval} ${unit[1]}`;
  const special = [...parts.keys()].some((name) => name.startsWith('BY')) ? ' on chosen days' : '';
  return `${often.charAt(0).toUpperCase()}${often.slice(1)}${special}${endWords(parts)}`;
}

function endWords(parts: ReadonlyMap<string, string>): string {
  const count = parts.get('COUNT');
  if (count !== undefined) return count === '1' ? ', 1 visit' : `, ${count} visits`;
  const until = /^(\d{4})(\d\d)(\d\d)/.exec(parts.get('UNTIL') ?? '');
  return until === null ? ', until cancelled' : `, until ${until[1]}-${until[2]}-${until[3]}`;
}
