import type { BundledSource } from './bundled-source.ts';

/**
 * Where the bundled data would lead to a place in another country, or to no place: equal zones share one name there.
 * From the tz database's file `backward` and CLDR's `timezone.xml`.
 */
const BETTER: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'Africa/Timbuktu': 'Africa/Bamako',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Virgin': 'America/St_Thomas',
  'Antarctica/South_Pole': 'Antarctica/McMurdo',
  'Asia/Rangoon': 'Asia/Yangon',
  'Atlantic/Jan_Mayen': 'Arctic/Longyearbyen',
  'Etc/GMT-0': 'Etc/GMT',
  Iceland: 'Atlantic/Reykjavik',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
  'Pacific/Yap': 'Pacific/Chuuk',
  Singapore: 'Asia/Singapore',
};

/**
 * Names of the same zone, old → today's: `US/Eastern` → `America/New_York`. A place of its own in the tz database
 * (`zone.tab`) keeps its name even where its clocks agree with another's: Europe/Oslo is not Europe/Berlin.
 */
export function aliasTable(bundled: BundledSource): Map<string, string> {
  const aliases = new Map<string, string>();
  const placesOf = placesByData(bundled);
  for (const name of bundled.names()) {
    if (bundled.places.has(name)) continue;
    const kept = bundled.links.get(name) ?? name;
    const [only, second] = placesOf.get(kept) ?? [];
    const place = BETTER[name] ?? (bundled.places.has(kept) || second !== undefined ? kept : (only ?? kept));
    aliases.set(name, BETTER[place] ?? place);
  }
  return aliases;
}

function placesByData(bundled: BundledSource): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const place of bundled.places) {
    const kept = bundled.links.get(place) ?? place;
    places.set(kept, [...(places.get(kept) ?? []), place]);
  }
  return places;
}
