const made = new Map<string, Intl.DateTimeFormat>();

/** `new Intl.DateTimeFormat`, kept: making one takes a hundred times as long as using it, and long lists ask for thousands. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, options]);
  const format = made.get(key) ?? new Intl.DateTimeFormat(locale, options);
  made.set(key, format);
  return format;
}
