/** What makes the pages of this vendor look different from another's: colours and corners. */
export const THEME = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f5f8, #14171c);
  --surface: light-dark(#ffffff, #1d2129);
  --ink: light-dark(#1c2430, #e8ecf2);
  --muted: light-dark(#566173, #a3adbd);
  --line: light-dark(#dbe0e8, #333a46);
  --accent: light-dark(#1f5fbf, #8ab4ff);
  --accent-ink: light-dark(#ffffff, #10131a);
  --danger: light-dark(#b3261e, #ffb4ab);
  --font: system-ui, sans-serif;
  --round: 1rem;
  --round-inside: .75rem;
  --round-button: 1.4rem;
  --round-event: .4rem;
  --hour: 3rem;
}
`;
