import { Title } from '@mantine/core';
import { useId, type ReactElement, type ReactNode } from 'react';
import classes from './Card.module.css';

/** A part of a page with a heading of its own; screen readers find it by that name. */
export function Card(props: {
  title: string;
  /** Beside the heading, at the end of its line. */
  aside?: ReactNode;
  tone?: 'bad' | undefined;
  children: ReactNode;
}): ReactElement {
  const id = useId();
  return (
    <section className={classes.card} aria-labelledby={id} data-tone={props.tone}>
      <div className={classes.head}>
        <Title order={2} id={id}>
          {props.title}
        </Title>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}
