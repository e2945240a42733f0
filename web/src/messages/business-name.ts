/** What the messages call the business; readers see its own name. */
const IN_MESSAGES = 'VALClean';

/** Signs that mean something in a message, and those that look alike. */
const LOOKALIKES: Readonly<Record<string, string>> = { "'": '’', '{': '(', '}': ')', '<': '‹', '>': '›' };

/** The same messages with the name of this business in them. */
export function withBusinessName<Messages extends object>(messages: Messages, name: string): Messages {
  const shown = name.replaceAll(/['{}<>]/g, (sign) => LOOKALIKES[sign] ?? sign);
  if (shown === IN_MESSAGES) return messages;
  const named = Object.entries(messages).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === 'string' ? value.replaceAll(IN_MESSAGES, () => shown) : withBusinessName(value as object, shown),
  ]);
  return Object.fromEntries(named) as Messages;
}
