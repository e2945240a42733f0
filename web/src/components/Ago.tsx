import type { ReactElement } from 'react';
import { useTicking } from '../lib/ticking.ts';
import { formatMoment, formatSince } from '../lib/time.ts';

/** How long ago something was; goes on by itself. Not to be put where changes are read out. */
export function Ago({ at }: { at: string }): ReactElement {
  const words = useTicking(() => formatSince(at, new Date()));
  return (
    <time dateTime={at} title={formatMoment(at)}>
      {words}
    </time>
  );
}
