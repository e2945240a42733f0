import type { Logger } from '../base/loggers.ts';
import type { Clock } from '../base/time.ts';
import type { ProviderAccess } from '../sync/drain-context.ts';
import type { ProviderName } from '../sync/provider.ts';
import type { Zones } from '../zones/zones.ts';
import { googleEndpoints, type GoogleConfig } from './google/config.ts';
import { createGoogleOAuth } from './google/oauth.ts';
import { createGoogleProvider } from './google/provider.ts';
import { createFindService } from './caldav/dns.ts';
import { CALL_TIMEOUT_MS, CONNECTIONS_PER_SERVER } from './caldav/limits.ts';
import { createCaldavLogin } from './caldav/login.ts';
import { createCaldavProvider } from './caldav/provider.ts';
import { createAddressGuard } from './kit/address-guard.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './kit/http-client.ts';
import { microsoftEndpoints, type MicrosoftConfig } from './microsoft/config.ts';
import { createMicrosoftOAuth } from './microsoft/oauth.ts';
import { createMicrosoftProvider } from './microsoft/provider.ts';

/** The operator's settings that providers are made from; `null`: no credentials. CalDAV needs none of ours. */
export interface ProviderSettings {
  google: Omit<GoogleConfig, 'clientSecret'> | null;
  outlook: Omit<MicrosoftConfig, 'clientSecret'> | null;
  /** Whether people may connect servers in private networks. */
  caldavAllowPrivateNetworks: boolean;
}

export interface ProviderSecrets {
  googleClientSecret: string | null;
  outlookClientSecret: string | null;
}

export interface Providers {
  /** Those whose credentials are set up. */
  access: ReadonlyMap<ProviderName, ProviderAccess>;
  close(): Promise<void>;
}

interface ProviderDeps {
  clock: Clock;
  zones: Zones;
  logger: Logger;
}

/** Makes the providers whose credentials are there. */
export function createProviders(settings: ProviderSettings, secrets: ProviderSecrets, deps: ProviderDeps): Providers {
  const access = new Map<ProviderName, ProviderAccess>();
  const clients: HttpClient[] = [];
  const client = (endpoints: HttpClientOptions['endpoints'], more: Partial<HttpClientOptions> = {}): HttpClient => {
    const onCall: HttpClientOptions['onCall'] = (call) => deps.logger.debug({ call }, 'provider called');
    const http = createHttpClient({ endpoints, onCall, ...more });
    clients.push(http);
    return http;
  };
  if (settings.google !== null && secrets.googleClientSecret !== null) {
    const config = { ...settings.google, clientSecret: secrets.googleClientSecret };
    const own = { clock: deps.clock, http: client(googleEndpoints(config)) };
    access.set('google', { provider: createGoogleProvider(config, own), oauth: createGoogleOAuth(config, own) });
  }
  if (settings.outlook !== null && secrets.outlookClientSecret !== null) {
    const config = { ...settings.outlook, clientSecret: secrets.outlookClientSecret };
    const own = { clock: deps.clock, zones: deps.zones, http: client(microsoftEndpoints(config)) };
    access.set('outlook', {
      provider: createMicrosoftProvider(config, own),
      oauth: createMicrosoftOAuth(config, own),
    });
  }
  const guard = createAddressGuard({ allowPrivate: settings.caldavAllowPrivateNetworks });
  const limits = { totalTimeoutMs: CALL_TIMEOUT_MS, connectionsPerOrigin: CONNECTIONS_PER_SERVER };
  const own = { clock: deps.clock, zones: deps.zones, http: client(guard, limits) };
  const login = createCaldavLogin({ ...own, findService: createFindService() });
  access.set('caldav', { provider: createCaldavProvider(own), login });
  return {
    access,
    async close() {
      for (const http of clients) await http.close();
    },
  };
}
