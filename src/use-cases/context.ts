import type { Clock } from '../base/time.ts';
import type { Database } from '../db/database.ts';
import type { Role } from '../domain/appointment.ts';
import type { Horizons } from '../domain/horizon.ts';
import type { Zones } from '../zones/zones.ts';

/** What every use case is given; made once in `app.ts`. */
export interface UseCaseContext {
  database: Database;
  clock: Clock;
  zones: Zones;
  settings: BusinessSettings;
}

/** The operator's choices that shape the business; from `config`. */
export interface BusinessSettings extends Horizons {
  businessName: string;
  /** Origin of the web app, without a slash at the end. */
  appUrl: string;
  /** How many appointments are marked in one go; absent: as many as is good for everybody. */
  markedTogether?: number;
}

/** The signed-in person who asks. */
export interface Caller {
  id: number;
  role: Role;
}
