/** What makes the pages of this server look different from another's: colours and corners. */
export const THEME = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f7f5f2, #171513);
  --surface: light-dark(#ffffff, #211e1b);
  --ink: light-dark(#2b2622, #eee9e4);
  --muted: light-dark(#665c53, #b3a89d);
  --line: light-dark(#e2dbd3, #3d3732);
  --accent: light-dark(#8a3ffc, #c9a5ff);
  --accent-ink: light-dark(#ffffff, #14101a);
  --danger: light-dark(#b3261e, #ffb4ab);
  --font: system-ui, sans-serif;
  --round: .6rem;
  --round-inside: .5rem;
  --round-button: .5rem;
  --round-event: .3rem;
  --hour: 3rem;
}
`;
