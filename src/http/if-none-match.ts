/**
 * Which of these representations a client already has (RFC 9110 §13.1.2): `If-None-Match` is `*`, for which the first
 * stands, or a list of entity tags, compared weakly. @param tags with their quotes @returns one of `tags`
 */
export function matchingTag(header: string | undefined, tags: readonly string[]): string | null {
  if (header === undefined) return null;
  if (header.trim() === '*') return tags[0] ?? null;
  const named: readonly string[] = header.match(/"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];
  return tags.find((tag) => named.includes(tag)) ?? null;
}
