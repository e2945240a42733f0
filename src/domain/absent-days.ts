const DAY_MS = 24 * 60 * 60 * 1000;

/** Days on which a person can't come, `YYYY-MM-DD` of their own zone; both belong to it. */
export interface AbsentDays {
  firstDay: string;
  lastDay: string;
  /** Their own words, for those who plan. */
  note: string | null;
  /** When they said so. */
  since: Date;
}

export type DaySpan = Pick<AbsentDays, 'firstDay' | 'lastDay'>;

/** These days without those of `span`; what it splits becomes two. */
export function withoutDays(all: readonly AbsentDays[], span: DaySpan): AbsentDays[] {
  return all.flatMap((one) => {
    if (one.lastDay < span.firstDay || one.firstDay > span.lastDay) return [one];
    const before = { ...one, lastDay: dayAfter(span.firstDay, -1) };
    const after = { ...one, firstDay: dayAfter(span.lastDay) };
    return [before, after].filter(({ firstDay, lastDay }) => firstDay <= lastDay);
  });
}

/**
 * These days and those of `added`, soonest first and none twice. A reason that is given holds for all of them; without one
 * what was said of a day before stays. Days that follow each other with the same reason are one absence.
 */
export function withDays(all: readonly AbsentDays[], added: AbsentDays): AbsentDays[] {
  const pieces =
    added.note === null
      ? [...all, ...all.reduce<AbsentDays[]>((rest, one) => withoutDays(rest, one), [added])]
      : [...withoutDays(all, added), added];
  const joined: AbsentDays[] = [];
  for (const one of pieces.toSorted((a, b) => a.firstDay.localeCompare(b.firstDay))) {
    const last = joined.at(-1);
    if (last && last.note === one.note && dayAfter(last.lastDay) === one.firstDay) {
      joined[joined.length - 1] = {
        ...last,
        lastDay: one.lastDay,
        since: last.since < one.since ? last.since : one.since,
      };
    } else joined.push(one);
  }
  return joined;
}

/** The day after, or that many days later. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
