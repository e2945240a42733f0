import type { CompanySetting } from '../sync/desired.ts';
import type { UseCaseContext } from './context.ts';

/** What all events of the company have in common; for the engine, files and feeds alike. */
export function eventSetting({ settings, zones }: Pick<UseCaseContext, 'settings' | 'zones'>): CompanySetting {
  return {
    businessName: settings.businessName,
    appUrl: settings.appUrl,
    toWall: (timeZone, instant) => zones.toWall(timeZone, instant),
    happensTwice: (timeZone, wall) => zones.happensTwice(timeZone, wall),
  };
}
