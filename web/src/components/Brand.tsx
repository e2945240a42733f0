import type { ReactElement } from 'react';
import { BUSINESS } from '../lib/business.ts';
import classes from './Brand.module.css';

/** The mark and the name of the business. */
export function Brand(): ReactElement {
  return (
    <span className={classes.brand}>
      {BUSINESS.logoUrl === null ? <OurMark /> : <img className={classes.logo} src={BUSINESS.logoUrl} alt="" />}
      <span className={classes.name}>{BUSINESS.name}</span>
    </span>
  );
}

function OurMark(): ReactElement {
  return (
    <svg width="30" height="30" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" fill="var(--mantine-color-pine-7)" />
      <path
        d="M9 16.5l5 5L23.5 11"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
