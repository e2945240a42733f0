import type { Logger } from '../base/loggers.ts';
import type { Clock } from '../base/time.ts';
import type { ProviderAccess } from '../sync/drain-context.ts';
import type { ProviderName } from '../sync/provider.ts';
import { googleEndpoints, type GoogleConfig } from './google/config.ts';
import { createGoogleOAuth } from './google/oauth.ts';
import { createGoogleProvider } from './google/provider.ts';
import { createHttpClient } from './kit/http-client.ts';

/** The operator's settings that providers are made from. */
export interface ProviderSettings {
  /** `null`: no credentials. */
  google: Omit<GoogleConfig, 'clientSecret'> | null;
}

export interface Providers {
  /** Those whose credentials are set up. */
  access: ReadonlyMap<ProviderName, ProviderAccess>;
  close(): Promise<void>;
}

/** Makes the providers whose credentials are there. */
export function createProviders(
  settings: ProviderSettings,
  secrets: { googleClientSecret: string | null },
  { clock, logger }: { clock: Clock; logger: Logger },
): Providers {
  const access = new Map<ProviderName, ProviderAccess>();
  const closers: (() => Promise<void>)[] = [];
  if (settings.google !== null && secrets.googleClientSecret !== null) {
    const config = { ...settings.google, clientSecret: secrets.googleClientSecret };
    const http = createHttpClient({
      endpoints: googleEndpoints(config),
      onCall: (call) => logger.debug({ call }, 'provider called'),
    });
    closers.push(() => http.close());
    const deps = { http, clock };
    access.set('google', { provider: createGoogleProvider(config, deps), oauth: createGoogleOAuth(config, deps) });
  }
  return {
    access,
    async close() {
      for (const end of closers) await end();
    },
  };
}
