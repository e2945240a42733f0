import type { Translated } from '../translated.ts';
import type { time as source } from '../en/time.ts';

export const time: Translated<typeof source> = {
  today: 'Heute',
  tomorrow: 'Morgen',
  yesterday: 'Gestern',
  range: '{start} – {end} Uhr',
  secondsAgo: 'vor {seconds} Sek.',
  justNow: 'gerade eben',
  inAMoment: 'gleich',
  zoneOfCity: 'Zeit in {city}',
  zone: 'Zeitzone {zone}',
  zoneAndClock: 'Zeitzone {zone} ({clock})',
  at: '{time} Uhr',
  withThere: '{times} ({there})',
  there: '{times}, {zone}',
  arrival: 'Wir kommen zwischen {from} und {to} Uhr',
  hours: '{hours} Std.',
  minutes: '{minutes} Min.',
};
