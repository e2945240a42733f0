/** A kind of work that can be ordered. */
export interface Service {
  id: number;
  name: string;
  durationMinutes: number;
  priceCents: number;
  /** ISO 4217. */
  currency: string;
  isActive: boolean;
  version: number;
}
