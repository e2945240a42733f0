import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** A calm green-blue. Shade 7 on white and shade 3 on the dark ground both reach a contrast of at least 4.5 : 1. */
const pine: MantineColorsTuple = [
  '#edf7f5',
  '#dbece9',
  '#b2d9d3',
  '#86c5bb',
  '#5fb0a5',
  '#3a9a8e',
  '#1c7d73',
  '#0f6b66',
  '#0a5a56',
  '#064844',
];

/** For what can't be taken back and what has failed. */
const brick: MantineColorsTuple = [
  '#fdf0ef',
  '#fadedc',
  '#f3b8b4',
  '#eb8f89',
  '#e16a62',
  '#d24f47',
  '#bf3b33',
  '#a92b24',
  '#8c211b',
  '#701813',
];

/** Greys with a touch of blue; Mantine takes 6–8 of this for the grounds of the dark scheme. */
const dark: MantineColorsTuple = [
  '#dbe4e6',
  '#bccbcf',
  '#9db0b5',
  '#7c9197',
  '#4a5d63',
  '#33444a',
  '#24343a',
  '#182429',
  '#121c20',
  '#0c1316',
];

const FONT =
  '"Figtree Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

/**
 * A list of choices inside the landmark of its field; `fixed` keeps it from being cut off by a dialog's edge, as long as the
 * dialog is not transformed: see how it comes.
 */
const IN_PLACE = { withinPortal: false, floatingStrategy: 'fixed' };

/** Sizes follow a ratio of about 1.2 from 16 px, so that headings stay calm on a small screen. */
export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine, brick, dark },
  black: '#16262b',
  fontFamily: FONT,
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Modal: {
      defaultProps: {
        // Locking by library means a `<style>` element, which the content security policy refuses; `base.css` locks instead.
        lockScroll: false,
        // Not by a movement: its `transform` stays, and what is `fixed` inside would be cut off.
        transitionProps: { transition: 'fade' },
        centered: true,
        radius: 'lg',
        // A `<header>` outside of articles and sections is the page's banner, and the page has one already.
        attributes: { header: { role: 'presentation' } },
      },
    },
    // Nothing to press is under 24 px. The little arrows beside numbers would be; the arrow keys do the same.
    NumberInput: { defaultProps: { hideControls: true } },
    InputClearButton: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { comboboxProps: IN_PLACE } },
    MultiSelect: { defaultProps: { comboboxProps: IN_PLACE } },
  },
  headings: {
    fontFamily: FONT,
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.25' },
      h2: { fontSize: '1.25rem', lineHeight: '1.35' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.4' },
    },
  },
});
