import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FAULTS } from '../src/api-contract/faults.ts';
import { providerHealthSchema, reminderOutcomeSchema } from '../src/api-contract/health.ts';
import type { ActivityWord } from '../src/store/activity.ts';
import type { WarningCode } from '../src/use-cases/booking-warning.ts';
import { OPERATOR_WORDS } from '../src/use-cases/health/operator-words.ts';
import { server } from '../web/src/messages/de/server.ts';

/* What the server can say has German words. `src/http/errors-page.test.ts` holds the page to the program. */

/** The types of these are complete, so that a new one is missed here. */
const WARNINGS: Readonly<Record<WarningCode, true>> = {
  overlap: true,
  staff_absent: true,
  moved_out_of_gap: true,
  staff_unavailable: true,
};
const ACTIVITIES: Readonly<Record<ActivityWord, true>> = {
  ...{ event_created: true, event_updated: true, event_removed: true, event_hidden: true, event_failed: true },
  ...{ event_put_back: true, event_left_changed: true, event_left_behind: true },
  ...{ connected: true, disconnecting: true, disconnected: true, reauth_required: true, sync_on: true, sync_off: true },
  ...{ restored: true, paused: true, resumed: true, paused_by_owner: true, resumed_by_owner: true },
  ...{ feed_made: true, feed_rotated: true, feed_revoked: true, guard_asks: true, guard_answered: true },
};

const read = (file: string): string => readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8');
const PAGE = read('docs/errors.md');

function codesOnPage(heading: string): string[] {
  const [, section = ''] = PAGE.split(`## ${heading}\n`);
  const codes = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)`/gm)].map(([, code = '']) => code);
  expect(codes.length).toBeGreaterThan(5);
  return codes;
}

const lacking = (words: Readonly<Record<string, string>>, codes: readonly string[]): string[] =>
  codes.filter((code) => !(words[code] ?? '').trim());

describe('in German there are words', () => {
  test('for every refusal', () => {
    expect(lacking(server.problem, [...codesOnPage('Codes'), ...codesOnPage('Connecting a calendar')])).toEqual([]);
  });

  test('for every fault of a field, with its parameters', () => {
    const codes = codesOnPage('Of a field');
    expect(Object.keys(server.fault).toSorted()).toEqual(codes.toSorted());
    const gaps = (words: string): string[] => (words.match(/\{\w+\}/g) ?? []).toSorted();
    for (const [code, words] of Object.entries(FAULTS))
      expect(gaps(server.fault[code] ?? ''), code).toEqual(gaps(words));
  });

  test('for every trouble of a calendar', () => {
    const general = ['reauth_required', 'refused', 'ours', 'owner_needed'];
    expect(lacking(server.trouble, [...codesOnPage('In the state of a calendar'), ...general])).toEqual([]);
  });

  test('for every trouble as administrators are told it', () => {
    expect(Object.keys(server.operator).toSorted()).toEqual(Object.keys(OPERATOR_WORDS).toSorted());
  });

  test('for every warning, state of our credentials, and reason against a reminder', () => {
    expect(Object.keys(server.warning).toSorted()).toEqual(Object.keys(WARNINGS).toSorted());
    const { outcome } = providerHealthSchema.shape.credentials.shape;
    expect(Object.keys(server.credentials).toSorted()).toEqual(outcome.options.toSorted());
    const { reason } = reminderOutcomeSchema.shape.not_reminded.element.shape;
    expect(Object.keys(server.reminder).toSorted()).toEqual(reason.options.toSorted());
  });
});

test('every line of the activity is a message, so that it is translated', () => {
  const words = read('web/src/features/calendar-settings/connection-words.ts');
  expect(Object.keys(ACTIVITIES).filter((kind) => !words.includes(`'${kind}'`))).toEqual([]);
});

test('German is written with German signs', () => {
  const foreign = Object.values(server)
    .flatMap((words): string[] => Object.values(words))
    .filter((words) => /["'’“]|\w…|\.\.\./.test(words.replaceAll(/„[^“]*“/g, '')));
  expect(foreign).toEqual([]);
});
