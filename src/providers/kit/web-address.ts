/** Links of a service are shown in our pages: only a web address may become one. */
export function webAddress(link: string | null | undefined): string | null {
  const protocol = typeof link === 'string' ? URL.parse(link)?.protocol : undefined;
  return typeof link === 'string' && (protocol === 'https:' || protocol === 'http:') ? link : null;
}
