import { Button } from '@mantine/core';
import { useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import {
  memo,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from 'react';
import { t } from '../lib/t.ts';
import classes from './LongList.module.css';

/** How the following page is loaded; what an infinite query of TanStack Query answers. */
export interface FollowingPage {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
}

/** So much above and below the window is in the page all the same, so that keys and quick scrolling meet no gaps. */
const SPARE_PX = 800;
/** The following page is asked for when no more rows than this are left below. */
const ROWS_LEFT = 8;

/** How high the rows of a list were when it was left; the way back to it starts from there. */
const measured = new Map<string, VirtualItem[]>();

/**
 * A list that may be many thousand rows long: only the rows near the window are in the page, and the next ones are asked
 * for before the last is reached. `rowPx` guesses the height of a row, until it is measured.
 */
export function LongList<Row>(props: {
  /** Tells this list from others, for the way back to it. */
  name: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  renderRow: (row: Row) => ReactNode;
  rowPx: (row: Row) => number;
  gapPx: number;
  following: FollowingPage;
}): ReactElement {
  const { name, rows, keyOf, following } = props;
  const list = useRef<HTMLUListElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- The list is not compiled, and hands none of its functions on.
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index] === undefined ? 0 : props.rowPx(rows[index])),
    gap: props.gapPx,
    overscan: rows[0] === undefined ? 0 : Math.ceil(SPARE_PX / props.rowPx(rows[0])),
    scrollMargin: useTop(list),
    getItemKey: (index) => (rows[index] === undefined ? index : keyOf(rows[index])),
    initialMeasurementsCache: measured.get(name) ?? [],
  });
  useEffect(() => () => void measured.set(name, virtualizer.takeSnapshot()), [name, virtualizer]);
  const shown = virtualizer.getVirtualItems();
  const nearEnd = (shown.at(-1)?.index ?? 0) >= rows.length - 1 - ROWS_LEFT;
  useFollowing(following, nearEnd);
  return (
    <>
      <ul ref={list} className={classes.list} style={{ height: virtualizer.getTotalSize() }}>
        {shown.map(({ key, index, start }) => (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className={classes.row}
            style={{ transform: `translateY(${start - virtualizer.options.scrollMargin}px)` }}
            aria-posinset={index + 1}
            aria-setsize={following.hasNextPage ? -1 : rows.length}
          >
            {rows[index] !== undefined && <Row row={rows[index]} renderRow={props.renderRow} />}
          </li>
        ))}
      </ul>
      {following.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={following.isFetchingNextPage}
            onClick={() => void following.fetchNextPage()}
          >
            {t('common.showMore')}
          </Button>
        </div>
      )}
    </>
  );
}

/** What a row shows stays as it is while the list scrolls. */
const Row = memo(function Row<T>({ row, renderRow }: { row: T; renderRow: (row: T) => ReactNode }): ReactNode {
  return renderRow(row);
}) as <T>(props: { row: T; renderRow: (row: T) => ReactNode }) => ReactElement;

/** Distance of the element from the top of the document, in pixels; a banner above may come and go. */
function useTop(list: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => {
      if (list.current !== null) setTop(Math.round(list.current.getBoundingClientRect().top + window.scrollY));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [list]);
  return top;
}

/** Asks for the following page when the end comes near. After a failure only the button asks again. */
function useFollowing(following: FollowingPage, nearEnd: boolean): void {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = following;
  const wanted = nearEnd && hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (wanted) void fetchNextPage();
  }, [wanted, fetchNextPage]);
}
