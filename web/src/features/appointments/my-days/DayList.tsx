import { NativeSelect } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement } from 'react';
import { Icon } from '../../../components/Icon.tsx';
import { Empty, Failure, Loading } from '../../../components/Notices.tsx';
import { StatusStrip } from '../../../components/StatusTag.tsx';
import { t } from '../../../lib/t.ts';
import { dayAround, viewerZone } from '../../../lib/time.ts';
import { useUser } from '../../../lib/user.ts';
import { addDays, type IsoDate } from '../../../lib/week.ts';
import { spanQuery } from '../api/list-appointments.ts';
import { isMapService, MAP_SERVICES, wayLink, type MapService } from '../../../components/maps.ts';
import { useMapService } from '../../../components/use-map-service.ts';
import { planDay, totalsOf, type DayStop } from './day-plan.ts';
import { totalsWords, wayWords } from './day-words.ts';
import { DayVisit } from './DayVisit.tsx';
import classes from './MyDays.module.css';

/** What goes on now, and what is next, changes while somebody looks. */
const TICK_MS = 30_000;

/** The visits of one day of the reader's own clock, with the ways between them. */
export function DayList({ day, isToday }: { day: IsoDate; isToday: boolean }): ReactElement {
  const { id: userId } = useUser();
  const [maps, chooseMaps] = useMapService();
  const [now, setNow] = useState(() => new Date());
  useInterval(() => setNow(new Date()), TICK_MS, { autoInvoke: true });
  const query = useQuery(dayQuery(day));
  useNeighbours(day);
  if (query.isPending) return <Loading words={t('myDays.loadingDay')} />;
  if (query.isLoadingError) {
    return <Failure title={t('myDays.dayNotShown')} error={query.error} onRetry={() => void query.refetch()} />;
  }
  // What they have ordered for their own home is no work of theirs.
  const work = query.data.items.filter(({ role }) => role === 'staff');
  const stops = planDay(work, userId, now);
  const totals = totalsOf(stops);
  if (stops.length === 0) {
    return (
      <Empty icon="calendar" title={isToday ? t('myDays.noneToday') : t('myDays.noneOnDay')}>
        <p>{t('myDays.noneNext')}</p>
      </Empty>
    );
  }
  return (
    <>
      <p className={classes.totals}>{totals === null ? t('myDays.nothingToDo') : totalsWords(totals, viewerZone())}</p>
      <ol className={classes.stops}>
        {stops.map((stop) => (
          <li key={stop.appointment.id}>
            <Way stop={stop} maps={maps} />
            <DayVisit stop={isToday ? stop : { ...stop, phase: null }} day={day} maps={maps} />
          </li>
        ))}
      </ol>
      <NativeSelect
        className={classes.maps}
        label={t('myDays.openIn')}
        description={t('myDays.openInHint')}
        value={maps}
        onChange={({ currentTarget: { value } }) => isMapService(value) && chooseMaps(value)}
        data={Object.entries(MAP_SERVICES).map(([value, label]) => ({ value, label }))}
      />
    </>
  );
}

/** Between two visits: how much time there is, and the way. */
function Way({ stop: { way, appointment }, maps }: { stop: DayStop; maps: MapService }): ReactElement | null {
  if (way === null) return null;
  const link = !way.samePlace && (
    <a
      className={classes.wayLink}
      href={wayLink(maps, way.from.address, appointment.address)}
      target="_blank"
      rel="noreferrer"
    >
      {t('myDays.wayThere')}
    </a>
  );
  if (way.minutes < 0) {
    return (
      <div className={classes.way}>
        <StatusStrip tone="warn" icon="alert" title={wayWords(way)} action={link} />
      </div>
    );
  }
  return (
    <p className={classes.way}>
      <Icon name="clock" size={16} />
      <span>{wayWords(way)}</span>
      {link}
    </p>
  );
}

function dayQuery(day: IsoDate): ReturnType<typeof spanQuery> {
  return spanQuery(dayAround(new Date(`${day}T12:00:00`)));
}

/** Yesterday and tomorrow are fetched while today is looked at, so that stepping shows them at once. */
function useNeighbours(day: IsoDate): void {
  const client = useQueryClient();
  useEffect(() => {
    for (const days of [1, -1]) void client.prefetchQuery(dayQuery(addDays(day, days)));
  }, [client, day]);
}
