import { useLocalStorage } from '@mantine/hooks';
import { isMapService, usualMapService, type MapService } from './maps.ts';

const KEY = 'valclean.maps';

/** The reader's choice of maps, kept in this browser and the same on all its pages. */
export function useMapService(): [MapService, (service: MapService) => void] {
  const usual = usualMapService(navigator.userAgent);
  const [service, choose] = useLocalStorage<MapService>({
    key: KEY,
    defaultValue: usual,
    getInitialValueInEffect: false,
    serialize: (value) => value,
    deserialize: (value) => (isMapService(value) ? value : usual),
  });
  return [service, choose];
}
