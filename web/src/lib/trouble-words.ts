import { ofServer } from './t.ts';

interface Trouble {
  code: string;
  message: string;
  /** What helps. */
  action: string | null;
}

/** What ails a calendar, or one event in it, for its owner. */
export function troubleWords({ code, message, action }: Trouble): string {
  // Codes that have no words of their own speak of the account, of the event or of us in general, as the server does.
  const general = action === 'reconnect' ? 'reauth_required' : action === 'retry' ? 'refused' : 'ours';
  return ofServer('trouble', { code, message: ofServer('trouble', { code: general, message }) });
}

/** The same for others. They are not told why its owner has to sign in again: that is theirs to know. */
export function troubleOfOthers(trouble: Trouble): string {
  if (trouble.action !== 'reconnect') return troubleWords(trouble);
  return ofServer('trouble', { code: 'owner_needed', message: trouble.message });
}
