import { ADMIN_EMAIL, PASSWORD, startBusiness, type Business, type Person } from './business.ts';
import { startKillable, type Killable } from './killable.ts';
import type { Json } from './server.ts';
import { startSimulators, type Simulators, type SimulatorsOptions } from './simulators.ts';
import { startTestFolder, type TestFolder } from './test-folder.ts';
import { buildWeb } from './web-build.ts';

/** The real product in a process of its own, between simulated services, with a company that is a client of its API. */
export interface SimulatedProduct {
  simulators: Simulators;
  business: Business;
  /** The connections of somebody, as they see them. */
  connectionsOf(person: Person): Promise<Json[]>;
  /** What it has logged. */
  said(): string;
  /** @throws when it does not end well */
  close(): Promise<void>;
}

/** What a process of the product needs to know in a test. */
export function productSettings(simulators: Simulators, folder: TestFolder): Record<string, string> {
  return {
    ...{ ...simulators.settings, ...folder.settings, PORT: '0', WEB_PORT: '0' },
    ...{ BOOTSTRAP_ADMIN_EMAIL: ADMIN_EMAIL, BOOTSTRAP_ADMIN_PASSWORD: PASSWORD },
  };
}

export async function startSimulatedProduct(
  options: SimulatorsOptions & { settings?: Readonly<Record<string, string>> } = {},
): Promise<SimulatedProduct> {
  await buildWeb();
  const simulators = await startSimulators(options);
  const folder = await startTestFolder();
  let product: Killable | null = null;
  const close = async (): Promise<void> => {
    await product?.stop();
    await simulators.close();
    await folder.remove();
  };
  try {
    const running = await startKillable('serve', { ...productSettings(simulators, folder), ...options.settings });
    product = running;
    const business = await startBusiness(simulators.google, running.ready.api ?? '', simulators.outlook);
    return {
      ...{ simulators, business, close, said: running.said },
      connectionsOf: async (person) => (await business.call(person, 'GET', '/api/calendar/')).connections,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
