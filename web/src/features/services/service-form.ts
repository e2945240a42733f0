import type { CreateServiceRequest, ServiceJson } from '../../../../src/api-contract/services.ts';

export interface ServiceValues {
  name: string;
  minutes: number | string;
  /** In whole units of the currency, with hundredths: `120.5`. */
  price: number | string;
  currency: string;
  isActive: boolean;
}

/** A week, as the API has it. */
export const LONGEST_MINUTES = 7 * 24 * 60;
/** As the API has it, in whole units. */
export const DEAREST = 10_000_000;

/** The API's fields that each input fills. */
export const SERVICE_INPUTS = {
  name: ['name'],
  minutes: ['duration_minutes'],
  price: ['price_cents'],
  currency: ['currency'],
  isActive: ['is_active'],
} as const;

export function serviceValues(service: ServiceJson | null): ServiceValues {
  if (service === null) return { name: '', minutes: 120, price: '', currency: 'GBP', isActive: true };
  return {
    name: service.name,
    minutes: service.duration_minutes,
    price: service.price_cents / 100,
    currency: service.currency,
    isActive: service.is_active,
  };
}

export function serviceRequest(values: ServiceValues): CreateServiceRequest {
  return {
    name: values.name.trim(),
    duration_minutes: Number(values.minutes),
    // 14.35 * 100 is a little less than 1435.
    price_cents: Math.round(Number(values.price) * 100),
    currency: values.currency.trim().toUpperCase(),
    is_active: values.isActive,
  };
}
