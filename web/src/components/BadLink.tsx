import type { ReactElement } from 'react';
import { StatusStrip } from './StatusTag.tsx';

/** Says of the link in a mail that it can't be used. */
export function BadLink({ title, text }: { title: string; text: string }): ReactElement {
  return (
    <div role="alert">
      <StatusStrip tone="warn" icon="alert" title={title}>
        <p>{text}</p>
      </StatusStrip>
    </div>
  );
}
