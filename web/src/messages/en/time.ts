/** Days, clocks and durations; what `Intl` says stands in no message. */
export const time = {
  today: 'Today',
  tomorrow: 'Tomorrow',
  yesterday: 'Yesterday',
  range: '{start} – {end}',
  secondsAgo: '{seconds} s ago',
  justNow: 'just now',
  inAMoment: 'in a moment',
  zoneOfCity: '{city} time',
  zone: '{zone} time',
  zoneAndClock: '{zone} time ({clock})',
  at: '{time}',
  withThere: '{times} ({there})',
  there: '{times} {zone}',
  arrival: 'We arrive between {from} and {to}',
  hours: '{hours} h',
  minutes: '{minutes} min',
} as const;
