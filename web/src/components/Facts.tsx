import type { ReactElement, ReactNode } from 'react';
import classes from './Facts.module.css';
import { Icon, type IconName } from './Icon.tsx';

/** A list of facts; parts without a value are left out by the caller giving `null`. */
export function Facts({ children }: { children: ReactNode }): ReactElement {
  return <dl className={classes.facts}>{children}</dl>;
}

export function Fact(props: { icon: IconName; label: string; children: ReactNode }): ReactElement | null {
  if (isNothing(props.children)) return null;
  return (
    <div className={classes.fact}>
      <dt>
        <Icon name={props.icon} size={18} />
        {props.label}
      </dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function isNothing(value: ReactNode): boolean {
  return value === null || value === undefined || value === false || value === '';
}
