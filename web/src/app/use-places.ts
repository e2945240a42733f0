import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { placesIn } from './navigation.ts';

/**
 * How many entries fit beside each other in the navigation, measured before anything shows and again whenever the room or
 * the entries (another font, other words) change. The ruler's last child is "More".
 * @param wanted whether there is a ruler
 */
export function usePlaces(wanted: boolean): {
  navigation: RefObject<HTMLElement | null>;
  ruler: RefObject<HTMLDivElement | null>;
  places: number;
} {
  const navigation = useRef<HTMLElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  const [places, setPlaces] = useState(Infinity);
  useLayoutEffect(() => {
    const [room, entries] = [navigation.current, ruler.current];
    if (!wanted || room === null || entries === null) return undefined;
    const measure = (): void => setPlaces(measured(room, entries));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(room);
    observer.observe(entries);
    return () => observer.disconnect();
  }, [wanted]);
  return { navigation, ruler, places };
}

function measured(navigation: HTMLElement, ruler: HTMLElement): number {
  const widths = [...ruler.children].map((child) => child.getBoundingClientRect().width);
  const gap = Number.parseFloat(getComputedStyle(navigation).columnGap) || 0;
  return placesIn(navigation.clientWidth, widths.slice(0, -1), widths.at(-1) ?? 0, gap);
}
