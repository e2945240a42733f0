/** The browser's zones; the person's own is offered even where the browser calls it by another name. */
export function zonesWith(own: string): string[] {
  return [...new Set([own, ...Intl.supportedValuesOf('timeZone')])].toSorted();
}
