/** What a person is told about a trouble of their calendar, and what they can do. */
export interface ErrorWords {
  code: string;
  message: string;
  /** `null`: nothing to do, it is tried again by itself. */
  action: 'answer' | 'reconnect' | 'resume' | 'retry' | null;
}

/** By code of `Failure`; the texts say what happened and what to do next. */
const WORDS: Readonly<Record<string, Omit<ErrorWords, 'code'>>> = {
  calendar_gone: {
    message: 'The calendar that we wrote to was deleted. Reconnect to choose where your appointments go.',
    action: 'reconnect',
  },
  scope_missing: {
    message: 'We may no longer write to this calendar. Reconnect and leave the calendar box ticked.',
    action: 'reconnect',
  },
  quota_exceeded: {
    message: 'The calendar service has paused this account for some hours. We go on by ourselves after that.',
    action: null,
  },
  consent_withdrawn: {
    message: 'You took back your consent at the calendar service. Reconnect to give it again.',
    action: 'reconnect',
  },
  grant_expired: {
    message: 'Our access to this calendar was not used for so long that it ended. Reconnect to go on.',
    action: 'reconnect',
  },
  sign_in_rules: {
    message: 'Your organisation asks you to sign in again, with its own rules. Reconnect and follow them.',
    action: 'reconnect',
  },
  account_disabled: {
    message: 'Your organisation has switched this account off, or it is no longer there. Ask your administrator.',
    action: 'reconnect',
  },
  admin_approval_needed: {
    message: 'The administrator of your organisation has to allow this app. Ask them, then reconnect.',
    action: 'reconnect',
  },
  no_mailbox: {
    message:
      'This account has no mailbox in Microsoft 365, so it has no calendar that we can reach. We look again daily.',
    action: null,
  },
  mailbox_full: { message: 'Your mailbox is full. Make room in it; we go on by ourselves.', action: null },
  password_refused: {
    message: 'The server no longer takes the app password. Connect again with a new one; nothing is lost.',
    action: 'reconnect',
  },
  access_forbidden: {
    message: 'We may no longer write to this calendar. Connect again and choose one of your own.',
    action: 'reconnect',
  },
  calendar_full: { message: 'Your calendar account is full. Make room in it; we go on by ourselves.', action: null },
  unreachable: { message: 'The calendar server can’t be reached. We keep trying.', action: null },
  host_unknown: { message: 'The calendar server’s name is not known at the moment. We keep trying.', action: null },
  tls_failed: {
    message: 'The calendar server’s certificate is not valid, so we do not talk to it. We look again by ourselves.',
    action: null,
  },
  timeout: { message: 'The calendar server does not answer. We keep trying.', action: null },
  unavailable: { message: 'The calendar service is busy. We go on by ourselves.', action: null },
  deletion_guard: {
    message: 'Many of your events would disappear at once. We wait for your answer before we do anything.',
    action: 'answer',
  },
  paused_by_operator: {
    message: 'The office has paused this calendar. Nothing is lost: it goes on from where it stopped.',
    action: null,
  },
  paused_by_owner: {
    message:
      'You have paused this calendar. Its events stay as they are; what has changed is written when you resume it.',
    action: 'resume',
  },
  provider_paused: {
    message: 'The office has paused all calendars of this kind for a while. Nothing is lost: they go on by themselves.',
    action: null,
  },
  no_progress: {
    message: 'Nothing has reached this calendar for a while, though no error was reported. We keep trying.',
    action: null,
  },
  rate_limited: { message: 'The calendar service asks us to go slower. We go on by ourselves.', action: null },
};

const RECONNECT = {
  message: 'The calendar account needs you to sign in again. Nothing is lost: we catch up as soon as you reconnect.',
  action: 'reconnect',
} as const;
const OURS = {
  message: 'Something on our side needs the operator. We go on by ourselves after that.',
  action: null,
} as const;
const REFUSED = {
  message: 'The calendar service did not take this event. Try again; if it stays, tell your contact at the company.',
  action: 'retry',
} as const;

/** Words for the trouble of a whole account. */
export function accountErrorWords(status: string, code: string | null): ErrorWords | null {
  if (code === null && status === 'paused') return accountErrorWords(status, 'paused_by_operator');
  if (code === null) return status === 'reauth_required' ? { code: 'reauth_required', ...RECONNECT } : null;
  const known = WORDS[code];
  if (known) return { code, ...known };
  return { code, ...(status === 'reauth_required' ? RECONNECT : OURS) };
}

/** Words for the trouble of one event. */
export function eventErrorWords(state: string, code: string | null): ErrorWords | null {
  if (code === null || (state !== 'failed' && state !== 'pending')) return null;
  return { code, ...(WORDS[code] ?? REFUSED) };
}

/** Words for an event that waits for the owner of its calendar to sign in again; `mine`: they are who reads it. */
export function signInNeeded(code: string | null, mine: boolean): ErrorWords | null {
  if (mine) return accountErrorWords('reauth_required', code);
  const message = 'The owner of this calendar has to sign in there again. Nothing is lost: it goes on then by itself.';
  return { code: code ?? 'reauth_required', message, action: 'reconnect' };
}
