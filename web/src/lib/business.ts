/**
 * How the business is called and what its logo is, as the operator has set it. The server writes both into the page, so
 * that they are there before anything shows (`src/http/business-page.ts`).
 */
export const BUSINESS: Readonly<{ name: string; logoUrl: string | null }> = {
  name: metaContent('application-name') ?? 'VALClean',
  logoUrl: metaContent('business-logo'),
};

function metaContent(name: string): string | null {
  if (typeof document === 'undefined') return null;
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content || null;
}
