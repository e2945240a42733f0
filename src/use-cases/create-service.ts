import { forbidden, invalidField } from '../domain/errors.ts';
import type { Service } from '../domain/service.ts';
import { insertService, type ServiceFacts } from '../store/services.ts';
import type { Caller, UseCaseContext } from './context.ts';

/** Currencies whose smallest unit is no hundredth (ISO 4217, exponent other than 2); our prices are in hundredths. */
const NO_CENTS = new Set(
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF BHD IQD JOD KWD LYD OMR TND CLF UYW'.split(' '),
);
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** Adds a kind of work. @throws BusinessError 403 for all but admins, 422 `unknown_currency` */
export async function createService(context: UseCaseContext, caller: Caller, facts: ServiceFacts): Promise<Service> {
  assertKeepsServices(caller);
  assertCurrency(facts.currency);
  return context.database.transaction((tx) => insertService(tx, facts, context.clock.now()));
}

/** @throws BusinessError 403 */
export function assertKeepsServices(caller: Caller): void {
  if (caller.role !== 'admin') throw forbidden('Administrators change what is on offer.');
}

/** @throws BusinessError 422 */
export function assertCurrency(currency: string): void {
  if (CURRENCIES.has(currency) && !NO_CENTS.has(currency)) return;
  throw invalidField('unknown_currency', 'currency', 'Give a currency that has cents (ISO 4217), such as GBP or EUR.');
}
