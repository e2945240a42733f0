import { Title } from '@mantine/core';
import { useEffect, type ReactElement, type ReactNode } from 'react';
import { t } from '../lib/t.ts';
import classes from './Page.module.css';

/** Frame of a page: its title (also the tab's), what can be done with it, and its content. */
export function Page(props: {
  title: string;
  /** A line above the title, such as the way back. */
  above?: ReactNode;
  /** A line below the title. */
  below?: ReactNode;
  actions?: ReactNode;
  /** `narrow` for forms and single things, `full` for what needs all there is. */
  width?: 'narrow' | 'wide' | 'full';
  children: ReactNode;
}): ReactElement {
  usePageTitle(props.title);
  return (
    <div className={classes.page} data-width={props.width ?? 'wide'}>
      {props.above !== undefined && <div className={classes.above}>{props.above}</div>}
      <div className={classes.head}>
        <div className={classes.headText}>
          <Title order={1}>{props.title}</Title>
          {props.below !== undefined && <div className={classes.below}>{props.below}</div>}
        </div>
        {props.actions !== undefined && <div className={classes.actions}>{props.actions}</div>}
      </div>
      {props.children}
    </div>
  );
}

/** `My orders · VALClean` in the tab. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = t('common.pageTitle', { title });
  }, [title]);
}
