import { t } from '../../lib/t.ts';

/** The simple rules that the booking form offers. */
export type Rhythm = 'once' | 'weekly' | 'biweekly' | 'fourWeekly';

/** Weeks from one visit to the next. Months are left out: their days are not always there, and fall on other weekdays. */
export const WEEKS = { weekly: 1, biweekly: 2, fourWeekly: 4 } as const satisfies Record<
  Exclude<Rhythm, 'once'>,
  number
>;

/** A rule of RFC 5545 §3.3.10, or `null` for a single visit. @param visits `null`: until the order is cancelled */
export function toRule(rhythm: Rhythm, visits: number | null): string | null {
  if (rhythm === 'once') return null;
  const weeks = WEEKS[rhythm];
  return `FREQ=WEEKLY${weeks === 1 ? '' : `;INTERVAL=${weeks}`}${visits === null ? '' : `;COUNT=${visits}`}`;
}

const FREQUENCIES = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly', YEARLY: 'yearly' } as const;

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
  const frequency = parts.get('FREQ') ?? '';
  if (!isKnown(frequency)) return t('orders.rule.own');
  const often = t(`orders.rule.${FREQUENCIES[frequency]}`, { interval: Number(parts.get('INTERVAL') ?? '1') });
  const special = [...parts.keys()].some((name) => name.startsWith('BY'));
  return withEnd(special ? t('orders.rule.onChosenDays', { often }) : often, parts);
}

function isKnown(frequency: string): frequency is keyof typeof FREQUENCIES {
  return Object.hasOwn(FREQUENCIES, frequency);
}

function withEnd(often: string, parts: ReadonlyMap<string, string>): string {
  const count = parts.get('COUNT');
  if (count !== undefined) return t('orders.rule.visits', { often, count: Number(count) });
  const until = /^(\d{4})(\d\d)(\d\d)/.exec(parts.get('UNTIL') ?? '');
  if (until === null) return t('orders.rule.endless', { often });
  return t('orders.rule.until', { often, date: `${until[1]}-${until[2]}-${until[3]}` });
}
