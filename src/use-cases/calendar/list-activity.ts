import { invalidField } from '../../domain/errors.ts';
import { listActivity, type ActivityFilter, type ActivityLine as ActivityView } from '../../store/activity.ts';
import type { Caller } from '../context.ts';
import type { CalendarContext } from './context.ts';

export type { ActivityView };

/** What was done for the caller's calendars, newest first. @throws BusinessError 422 for a cursor that is none of ours */
export async function showActivity(
  context: CalendarContext,
  caller: Caller,
  page: { cursor: string | undefined; limit: number } & Pick<ActivityFilter, 'provider' | 'about'>,
): Promise<{ lines: ActivityView[]; nextCursor: string | null }> {
  const before = page.cursor === undefined ? null : positionOf(page.cursor);
  const lines = await listActivity(context.database.db, caller.id, {
    ...{ provider: page.provider, about: page.about, before },
    limit: page.limit + 1,
  });
  const shown = lines.slice(0, page.limit);
  const last = shown.at(-1);
  return { lines: shown, nextCursor: lines.length > shown.length && last ? cursorAt(last.id) : null };
}

function cursorAt(id: number): string {
  return Buffer.from(String(id)).toString('base64url');
}

function positionOf(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw invalidField('invalid_cursor', 'cursor', 'Give the next_cursor of an earlier answer, or leave it out.');
}
