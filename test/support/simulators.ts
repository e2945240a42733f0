import {
  startGoogleSimulator,
  type GoogleSimulator,
  type GoogleSimulatorOptions,
} from '../../simulator/google/server.ts';
import {
  startMicrosoftSimulator,
  type MicrosoftSimulator,
  type MicrosoftSimulatorOptions,
} from '../../simulator/microsoft/server.ts';

/** The calendar services that are simulated. */
export type Service = 'google' | 'outlook';

/** A simulated Google and a simulated Microsoft, with nobody in them yet. */
export interface Simulators {
  google: GoogleSimulator;
  outlook: MicrosoftSimulator;
  /** What points the product at both. */
  settings: Record<string, string>;
  close(): Promise<void>;
}

export interface SimulatorsOptions {
  google?: Pick<GoogleSimulatorOptions, 'settings' | 'clock'>;
  outlook?: Pick<MicrosoftSimulatorOptions, 'settings' | 'clock'>;
}

const CLIENT = { clientSecret: 'valclean-test-secret', name: 'VALClean' };
const GOOGLE_CLIENT = { ...CLIENT, clientId: 'valclean-test' };
const OUTLOOK_CLIENT = { ...CLIENT, clientId: '6f1d3c1e-0000-4000-8000-00000000c1ee' };

/** Starts both on free ports. The callbacks that they know are never listened on: `connect` takes their query to the API. */
export async function startSimulators(options: SimulatorsOptions = {}): Promise<Simulators> {
  const redirectUri = (service: Service): string => `http://localhost:8000/api/calendar/${service}/callback/`;
  const google = await startGoogleSimulator({
    clients: [{ ...GOOGLE_CLIENT, redirectUris: [redirectUri('google')] }],
    accounts: [],
    ...options.google,
  });
  const outlook = await startMicrosoftSimulator({
    clients: [{ ...OUTLOOK_CLIENT, redirectUris: [redirectUri('outlook')] }],
    accounts: [],
    ...options.outlook,
  });
  return {
    google,
    outlook,
    settings: {
      ...{ ...google.env, ...outlook.env },
      ...{ GOOGLE_CLIENT_ID: GOOGLE_CLIENT.clientId, GOOGLE_CLIENT_SECRET: GOOGLE_CLIENT.clientSecret },
      ...{ OUTLOOK_CLIENT_ID: OUTLOOK_CLIENT.clientId, OUTLOOK_CLIENT_SECRET: OUTLOOK_CLIENT.clientSecret },
      ...{ GOOGLE_REDIRECT_URI: redirectUri('google'), OUTLOOK_REDIRECT_URI: redirectUri('outlook') },
    },
    async close() {
      await Promise.all([google.close(), outlook.close()]);
    },
  };
}
