import { ofServer } from './t.ts';

interface Trouble {
  code: string;
  message: string;
  /** What helps; what administrators see does not say. */
  action?: string | null;
}

/** What ails a calendar, or one event in it. */
export function troubleWords({ code, message, action }: Trouble): string {
  if (action === undefined) return ofServer('trouble', { code, message });
  // Codes that have no words of their own speak of the account, of the event or of us in general, as the server does.
  const general = action === 'reconnect' ? 'reauth_required' : action === 'retry' ? 'refused' : 'ours';
  return ofServer('trouble', { code, message: ofServer('trouble', { code: general, message }) });
}
