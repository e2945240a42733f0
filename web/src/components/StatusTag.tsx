import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import classes from './StatusTag.module.css';

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet';

/** A state said three times: by its word, its picture and its colour. */
export interface Status {
  tone: Tone;
  icon: IconName;
  word: string;
}

export function StatusTag({ status }: { status: Status }): ReactElement {
  return (
    <span className={classes.tag} data-tone={status.tone}>
      <Icon name={status.icon} size={15} />
      {status.word}
    </span>
  );
}

/** A strip over the whole width for what concerns the page, in the colours of a state. */
export function StatusStrip(props: {
  tone: Tone;
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}): ReactElement {
  return (
    <div className={classes.strip} data-tone={props.tone}>
      <span className={classes.stripIcon}>
        <Icon name={props.icon} size={22} />
      </span>
      <div className={classes.stripText}>
        <p className={classes.stripTitle}>{props.title}</p>
        {props.children}
      </div>
      {props.action && <div className={classes.stripAction}>{props.action}</div>}
    </div>
  );
}
