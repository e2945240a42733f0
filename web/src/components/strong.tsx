import type { ReactElement, ReactNode } from 'react';

/** For `<b>` in messages: `t.rich(key, { b: strong })`. */
export function strong(words: ReactNode): ReactElement {
  return <strong>{words}</strong>;
}
