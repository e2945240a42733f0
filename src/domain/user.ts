import type { Role } from './appointment.ts';

/** Languages in which people are written to. Events are in the business's own. */
export type Language = 'en' | 'de';

/** A person's account, without the password. */
export interface User {
  id: number;
  email: string;
  name: string;
  phone: string | null;
  role: Role;
  timeZone: string;
  /** `null`: nobody has said yet. */
  language: Language | null;
  managerId: number | null;
  isActive: boolean;
  /** False: invited, and has not set one yet. */
  hasPassword: boolean;
  calendarSyncEnabled: boolean;
  version: number;
  createdAt: Date;
}
