import { calendarName, PROVIDERS, type Provider } from '../../lib/providers.ts';
import { t } from '../../lib/t.ts';

/** What the address says after the way to the provider and back. */
export interface Outcome {
  connected?: string | undefined;
  error?: string | undefined;
  confirm?: string | undefined;
  /** Why it has to be confirmed: `other_browser` or `other_account`. */
  reason?: string | undefined;
  provider?: string | undefined;
  /** `granted`: an administrator has allowed us for their organisation. */
  admin_consent?: string | undefined;
}

export interface Words {
  title: string;
  text: string;
}

/** The provider's name as people say it, also for one that the address misspells. */
export function providerName(provider: string | undefined): string {
  return isProvider(provider) ? calendarName(provider) : t('calendar.outcome.yourCalendar');
}

function isProvider(name: string | undefined): name is Provider {
  return PROVIDERS.some((provider) => provider === name);
}

/** `Google Calendar connected`. */
export function connectedWords(provider: string): Words {
  return {
    title: t('calendar.outcome.connected', { calendar: providerName(provider) }),
    text: t('calendar.outcome.connectedMore'),
  };
}

/** An administrator has allowed us; nobody is connected by that. */
export function adminConsentWords(provider: string | undefined): Words {
  return {
    title: t('calendar.outcome.allowed'),
    text: t('calendar.outcome.allowedMore', { calendar: providerName(provider) }),
  };
}

/** Why connecting did not work and what to do next, for each `?error=` of the callback. */
export function errorWords(code: string, from: string | undefined): Words {
  const provider = from === 'google' || from === 'outlook' ? from : 'other';
  const company = t(`calendar.outcome.company.${provider}`);
  const notConnected = t('calendar.outcome.notConnected', { calendar: providerName(from) });
  switch (code) {
    case 'access_denied':
      return { title: notConnected, text: t('calendar.outcome.access_denied', { provider }) };
    case 'scope_missing':
      return {
        title: t('calendar.outcome.scope_missing'),
        text: t('calendar.outcome.scope_missingNext', { company }),
      };
    case 'state_mismatch':
      return { title: t('calendar.outcome.state_mismatch'), text: t('calendar.outcome.state_mismatchNext') };
    case 'account_already_linked':
    case 'admin_consent_required':
    case 'no_mailbox':
      return { title: t(`calendar.outcome.${code}`), text: t(`calendar.outcome.${code}Next`, { provider }) };
    case 'provider_unavailable':
      return {
        title: t('calendar.outcome.provider_unavailable', { company }),
        text: t('calendar.outcome.provider_unavailableNext'),
      };
    case 'provider_error':
      return {
        title: t('calendar.outcome.provider_error', { company }),
        text: t('calendar.outcome.notConnectedNext'),
      };
    default:
      return { title: notConnected, text: t('calendar.outcome.notConnectedNext') };
  }
}
