/** Where a step on the sign-in pages led: to another page, or away from the simulator. */
export type Visited = { kind: 'page'; html: string } | { kind: 'left'; url: string };

/** Opens a page, or sends its form, as a browser would. Throws Error with the page's text when it refuses. */
export async function visit(url: URL, fields?: URLSearchParams): Promise<Visited> {
  const response = await fetch(url, {
    redirect: 'manual',
    ...(fields ? { method: 'POST', body: fields } : {}),
  });
  const location = response.headers.get('location');
  const html = await response.text();
  if (response.status === 302 && location !== null) return { kind: 'left', url: location };
  if (response.status !== 200) throw new Error(`the sign-in page answered ${response.status}: ${plainText(html)}`);
  return { kind: 'page', html };
}

/** The targets of a page's links. */
export function linksOf(html: string): string[] {
  return [...html.matchAll(/<a\b[^>]*?href="([^"]+)"/g)].map((match) => unescaped(match[1] ?? ''));
}

/** The target of a page's first form, or null. */
export function formActionOf(html: string): string | null {
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1];
  return action === undefined ? null : unescaped(action);
}

/** Text of an attribute as its author meant it. */
export function unescaped(text: string): string {
  return text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** What a reader sees of a page. */
export function plainText(html: string): string {
  return html
    .replaceAll(/<(style|script|head)[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
