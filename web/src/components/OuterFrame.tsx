import { Title } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { t } from '../lib/t.ts';
import { Brand } from './Brand.tsx';
import { LanguageChoice } from './LanguageChoice.tsx';
import { usePageTitle } from './Page.tsx';
import classes from './OuterFrame.module.css';

/** Frame of the pages that need no sign-in. */
export function OuterFrame(props: { title: string; lead: string; children: ReactNode }): ReactElement {
  usePageTitle(props.title);
  return (
    <div className={classes.frame}>
      <header className={classes.brand}>
        <Brand />
        <a href="/help/">{t('app.help')}</a>
      </header>
      <main className={classes.main} id="main">
        <div className={classes.card}>
          <Title order={1}>{props.title}</Title>
          <p className={classes.lead}>{props.lead}</p>
          {props.children}
        </div>
      </main>
      <footer className={classes.foot}>
        <LanguageChoice />
      </footer>
    </div>
  );
}
