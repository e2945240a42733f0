import { Button, SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useEffect, useEffectEvent, type ReactElement } from 'react';
import { Icon } from '../../../components/Icon.tsx';
import { Loading } from '../../../components/Notices.tsx';
import { Page } from '../../../components/Page.tsx';
import { wholePart } from '../../../lib/problem.ts';
import { t } from '../../../lib/t.ts';
import { useTicking } from '../../../lib/ticking.ts';
import { dayWord, formatDay, viewerZone, wallClock, zoneName } from '../../../lib/time.ts';
import { addDays, mondayOf, noonOf, type IsoDate } from '../../../lib/week.ts';
import { weekWords } from '../board/board-words.ts';
import { CallInSick } from './CallInSick.tsx';
import { DayList } from './DayList.tsx';
import { OwnAbsences } from './OwnAbsences.tsx';
import classes from './MyDays.module.css';

// FullCalendar is the largest part of the app; whoever looks at their day does not wait for it.
const MyWeek = lazy(async () => ({ default: (await wholePart(import('./MyWeek.tsx'))).MyWeek }));

/** What the address says about the page; the defaults are left out of it. */
export interface MyDaysSearch {
  day?: IsoDate | undefined;
  view?: 'day' | 'week' | undefined;
}

/** A cleaner's day in the order in which they go, or their week. All times are those of the reader's own clock. */
export function MyDaysPage(props: {
  search: MyDaysSearch;
  onSearch: (search: MyDaysSearch) => void;
  onOpen: (id: number) => void;
}): ReactElement {
  const zone = viewerZone();
  const today = useTicking(() => wallClock(new Date(), zone).date);
  const { view = 'day', day = today } = props.search;
  const show = (shown: IsoDate, as: 'day' | 'week' = view): void =>
    props.onSearch({ day: shown === today ? undefined : shown, view: as === 'day' ? undefined : as });
  const step = (direction: 1 | -1): void => show(addDays(day, direction * (view === 'day' ? 1 : 7)));
  useStepKeys(step, () => show(today));
  return (
    <Page
      title={view === 'day' ? t('myDays.day') : t('myDays.week')}
      width={view === 'day' ? 'narrow' : 'wide'}
      actions={<CallInSick day={day < today ? today : day} />}
      below={<p className={classes.lead}>{t('myDays.lead', { zone: zoneName(zone) })}</p>}
    >
      <nav
        className={classes.toolbar}
        aria-label={view === 'day' ? t('myDays.whichDay') : t('myDays.whichWeek')}
        data-steps
      >
        <SegmentedControl
          aria-label={t('myDays.view')}
          value={view}
          onChange={(value) => show(day, value === 'week' ? 'week' : 'day')}
          data={[
            { value: 'day', label: t('myDays.asDay') },
            { value: 'week', label: t('myDays.asWeek') },
          ]}
        />
        <Button.Group className={classes.steps}>
          <Button
            variant="default"
            onClick={() => step(-1)}
            aria-label={view === 'day' ? t('myDays.dayBefore') : t('myDays.weekBefore')}
            aria-keyshortcuts="ArrowLeft"
          >
            <Icon name="arrowLeft" size={20} />
          </Button>
          <Button variant="default" className={classes.today} onClick={() => show(today)} aria-keyshortcuts="Home">
            {view === 'day' ? t('myDays.today') : t('myDays.thisWeek')}
          </Button>
          <Button
            variant="default"
            onClick={() => step(1)}
            aria-label={view === 'day' ? t('myDays.dayAfter') : t('myDays.weekAfter')}
            aria-keyshortcuts="ArrowRight"
          >
            <Icon name="arrowRight" size={20} />
          </Button>
        </Button.Group>
      </nav>
      <h2 className={classes.heading} aria-live="polite">
        {view === 'day' ? dayTitle(day, zone) : weekWords(mondayOf(day))}
      </h2>
      {view === 'day' ? (
        <OwnAbsences from={day} until={day} today={today} />
      ) : (
        <OwnAbsences from={mondayOf(day)} until={addDays(mondayOf(day), 6)} today={today} />
      )}
      {view === 'day' ? (
        <DayList key={day} day={day} isToday={day === today} />
      ) : (
        <Suspense fallback={<Loading words={t('myDays.loadingWeek')} />}>
          <MyWeek
            key={mondayOf(day)}
            monday={mondayOf(day)}
            onDay={(date) => show(date, 'day')}
            onOpen={props.onOpen}
          />
        </Suspense>
      )}
    </Page>
  );
}

/** `Today, Tuesday, 1 December`. */
function dayTitle(day: IsoDate, zone: string): string {
  const now = new Date();
  const word = dayWord(noonOf(day), 'UTC', new Date(noonOf(wallClock(now, zone).date)));
  const date = formatDay(noonOf(day), 'UTC', now);
  return word === null ? date : t('appointments.dayWithWord', { word, day: date });
}

/** What takes arrow keys for itself. */
const OWN_ARROWS = 'input, select, textarea, [role="menu"], [role="radiogroup"]';

/** The arrow keys step, wherever the focus is; Home goes back to today from the buttons, as elsewhere it scrolls. */
function useStepKeys(step: (direction: 1 | -1) => void, toToday: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { key, target } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (!(target instanceof Element) || document.querySelector('[role="dialog"]') !== null) return;
    if (key === 'Home' && target.closest('[data-steps]') !== null) toToday();
    if (target.closest(OWN_ARROWS) !== null) return;
    if (key === 'ArrowLeft') step(-1);
    if (key === 'ArrowRight') step(1);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
