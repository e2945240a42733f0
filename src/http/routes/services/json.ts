import type { ServiceJson } from '../../../api-contract/services.ts';
import type { Service } from '../../../domain/service.ts';

/** A service as the contract spells it. */
export function serviceJson(service: Service): ServiceJson {
  return {
    id: service.id,
    name: service.name,
    duration_minutes: service.durationMinutes,
    price_cents: service.priceCents,
    currency: service.currency,
    is_active: service.isActive,
    version: service.version,
  };
}
