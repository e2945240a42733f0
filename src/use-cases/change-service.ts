import { notFound } from '../domain/errors.ts';
import { touchAllFeeds } from '../store/feed-changes.ts';
import { markAppointments } from '../store/mark-links.ts';
import type { Service } from '../domain/service.ts';
import { comingWithService, lockService, updateService, type ServiceFacts } from '../store/services.ts';
import { checkVersion } from './check-version.ts';
import type { Caller, UseCaseContext } from './context.ts';
import { markingNow } from './marking.ts';
import { assertCurrency, assertKeepsServices } from './create-service.ts';

/** What may be changed; absent fields stay. */
export type ServiceChange = { [Fact in keyof ServiceFacts]?: ServiceFacts[Fact] | undefined } & {
  version?: number | null | undefined;
};

/**
 * Changes a kind of work. Orders keep the price and duration they were made with; a new name shows in the calendars of
 * coming appointments. @throws BusinessError 403 for all but admins; 404; 409 `version_conflict`; 422 `unknown_currency`
 */
export async function changeService(
  context: UseCaseContext,
  caller: Caller,
  id: number,
  change: ServiceChange,
): Promise<Service> {
  assertKeepsServices(caller);
  if (change.currency !== undefined) assertCurrency(change.currency);
  return context.database.transaction(async (tx) => {
    const before = await lockService(tx, id);
    if (before === null) throw notFound('service');
    checkVersion(before.version, change.version);
    const after = changed(before, change);
    if (isSame(before, after)) return before;
    const now = context.clock.now();
    const service = await updateService(tx, id, after, now);
    if (before.name !== after.name) {
      await touchAllFeeds(tx);
      await markAppointments(tx, await comingWithService(tx, id, now), { ...markingNow(context), priority: 1 });
    }
    return service;
  });
}

function changed(before: Service, change: ServiceChange): ServiceFacts {
  return {
    name: change.name ?? before.name,
    durationMinutes: change.durationMinutes ?? before.durationMinutes,
    priceCents: change.priceCents ?? before.priceCents,
    currency: change.currency ?? before.currency,
    isActive: change.isActive ?? before.isActive,
  };
}

function isSame(a: ServiceFacts, b: ServiceFacts): boolean {
  return (
    a.name === b.name &&
    a.durationMinutes === b.durationMinutes &&
    a.priceCents === b.priceCents &&
    a.currency === b.currency &&
    a.isActive === b.isActive
  );
}
