import type { AppointmentJson } from '../../../src/api-contract/appointments.ts';
import { addressLine } from './appointment-words.ts';

/** Where addresses are opened: by links that the reader follows; none of these sees anything before. */
export const MAP_SERVICES = {
  google: 'Google Maps',
  apple: 'Apple Maps',
  osm: 'OpenStreetMap',
} as const;

export type MapService = keyof typeof MAP_SERVICES;

export function isMapService(value: unknown): value is MapService {
  return typeof value === 'string' && Object.hasOwn(MAP_SERVICES, value);
}

/** What the device has anyway; everywhere else the one that most people have. */
export function usualMapService(userAgent: string): MapService {
  return /iPhone|iPad|Macintosh/.test(userAgent) ? 'apple' : 'google';
}

export type Place = Pick<AppointmentJson['address'], 'line1' | 'line2' | 'city' | 'postal_code' | 'country'>;

/**
 * Shows a place. A phone opens its app where it has one (developers.google.com/maps/documentation/urls,
 * developer.apple.com/library/archive/featuredarticles/iPhoneURLScheme_Reference/MapLinks).
 */
export function placeLink(service: MapService, place: Place): string {
  switch (service) {
    case 'google':
      return address('https://www.google.com/maps/search/', { api: '1', query: text(place) });
    case 'apple':
      return address('https://maps.apple.com/', { q: text(place) });
    case 'osm':
      return address('https://www.openstreetmap.org/search', { query: text(place) });
  }
}

/** Shows the way from one place to the next. */
export function wayLink(service: MapService, from: Place, to: Place): string {
  switch (service) {
    case 'google':
      return address('https://www.google.com/maps/dir/', { api: '1', origin: text(from), destination: text(to) });
    case 'apple':
      return address('https://maps.apple.com/', { saddr: text(from), daddr: text(to) });
    case 'osm':
      return address('https://www.openstreetmap.org/directions', { from: text(from), to: text(to) });
  }
}

function text(place: Place): string {
  return `${addressLine(place)}, ${place.country}`;
}

/** Spaces as `%20`: not every map app reads `+` as one. */
function address(base: string, query: Record<string, string>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${base}?${pairs.join('&')}`;
}
