/** What a person is told about a trouble of their calendar, and what they can do. */
export interface ErrorWords {
  code: string;
  message: string;
  /** `null`: nothing to do, it is tried again by itself. */
  action: 'reconnect' | 'retry' | null;
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
