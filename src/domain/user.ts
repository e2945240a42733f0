import type { Role } from './appointment.ts';

/** A person's account, without the password. */
export interface User {
  id: number;
  email: string;
  name: string;
  phone: string | null;
  role: Role;
  timeZone: string;
  managerId: number | null;
  isActive: boolean;
  /** False: invited, and has not set one yet. */
  hasPassword: boolean;
  calendarSyncEnabled: boolean;
  version: number;
  createdAt: Date;
}
