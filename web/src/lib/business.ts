/**
 * How the business is called, what its logo is, and whether its mails reach people, as the operator has set it. The server
 * writes it into the page, so that it is there before anything shows (`src/http/business-page.ts`).
 */
export const BUSINESS: Readonly<{ name: string; logoUrl: string | null; isMailed: boolean }> = {
  name: metaContent('application-name') ?? 'VALClean',
  logoUrl: metaContent('business-logo'),
  isMailed: metaContent('mail-delivery') !== 'outbox',
};

function metaContent(name: string): string | null {
  if (typeof document === 'undefined') return null;
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content || null;
}
