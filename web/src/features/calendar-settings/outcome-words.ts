import { PROVIDER_NAMES, type Provider } from '../../lib/providers.ts';

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
  return provider !== undefined && provider in PROVIDER_NAMES ? PROVIDER_NAMES[provider as Provider] : 'Your calendar';
}

/** `Google Calendar connected`. */
export function connectedWords(provider: string): Words {
  return {
    title: `${providerName(provider)} connected`,
    text: 'Your upcoming appointments appear there within moments.',
  };
}

/** An administrator has allowed us; nobody is connected by that. */
export function adminConsentWords(provider: string | undefined): Words {
  return {
    title: 'Allowed for your whole organisation',
    text: `Everybody in it can now connect ${providerName(provider)} here, each for themselves.`,
  };
}

/** Why connecting did not work and what to do next, for each `?error=` of the callback. */
export function errorWords(code: string, provider: string | undefined): Words {
  const name = providerName(provider);
  const company = provider === 'outlook' ? 'Microsoft' : provider === 'google' ? 'Google' : 'The provider';
  const known: Readonly<Record<string, Words>> = {
    access_denied: {
      title: `${name} was not connected`,
      text: `You said no on ${company === 'The provider' ? 'the provider’s' : `${company}’s`} page, so nothing was changed. Press Connect when you want to try again.`,
    },
    scope_missing: {
      title: 'One permission is missing',
      text: `${company} asks whether we may write events into your calendar, and that box was not ticked. Press Connect again and tick every box. We read and change nothing but our own events.`,
    },
    state_mismatch: {
      title: 'That took too long, or came from another window',
      text: 'For your safety nothing was connected. Press Connect and finish in the same browser within ten minutes.',
    },
    account_already_linked: {
      title: 'This account belongs to somebody else here',
      text: `That ${company === 'The provider' ? 'calendar' : company} account is connected to another VALClean user. Sign in as that user and disconnect it there, or connect another account.`,
    },
    admin_consent_required: {
      title: 'Your company has to allow this first',
      text: `The administrator of your ${company === 'The provider' ? 'calendar' : company} account must approve VALClean first. Ask them, then press Connect again.`,
    },
    no_mailbox: {
      title: 'This account has no calendar',
      text: `You signed in, but ${company === 'The provider' ? 'this' : `this ${company}`} account has no mailbox with a calendar that we can reach; guests of an organisation and accounts without a licence have none. Connect another account.`,
    },
    provider_unavailable: {
      title: `${company} can’t be reached at the moment`,
      text: 'Nothing was changed. Wait a few minutes, then press Connect again.',
    },
    provider_error: {
      title: `${company} reported an error`,
      text: 'Nothing was changed. Press Connect again; if it happens once more, tell the office.',
    },
  };
  return (
    known[code] ?? {
      title: `${name} was not connected`,
      text: 'Nothing was changed. Press Connect again; if it happens once more, tell the office.',
    }
  );
}
