/** What makes the pages of this vendor look different from another's: colours, corners, a bar of colour on events. */
export const THEME = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#faf9f8, #1b1a19);
  --surface: light-dark(#ffffff, #292827);
  --ink: light-dark(#242424, #f3f2f1);
  --muted: light-dark(#5a5855, #bdb9b5);
  --line: light-dark(#d8d5d1, #45423f);
  --accent: light-dark(#0b5cad, #6cb8f6);
  --accent-ink: light-dark(#ffffff, #10171e);
  --danger: light-dark(#a4262c, #ffaaa5);
  --font: "Segoe UI", "Noto Sans", system-ui, sans-serif;
  --round: .25rem;
  --round-inside: .15rem;
  --round-button: .15rem;
  --round-event: .15rem;
  --hour: 3rem;
}
`;

/** What follows the shared style. */
export const THEME_DETAILS = `
body.narrow { background: linear-gradient(160deg, light-dark(#dbe9f7, #14202c), var(--ground) 60%); }
.card { border: 0; box-shadow: 0 .2rem .9rem rgb(0 0 0 / 22%); }
.badge { border: 0; padding: 0; font-size: .95rem; font-weight: 600; }
.badge::before { content: ""; display: inline-block; width: .7rem; height: .7rem; margin-right: .5rem; background: var(--accent); }
.avatar { border-radius: 50%; }
.permissions { margin: 1rem 0; padding: 0; list-style: none; }
.permissions li { padding: .5rem 0; border-bottom: 1px solid var(--line); }
.permissions b { display: block; font-weight: 600; }
.permissions span { font-size: .875rem; color: var(--muted); }
.permissions code { display: block; font-size: .8rem; color: var(--muted); }
.panel .actions { margin-top: 1.1rem; }
.kind { font-size: .8rem; color: var(--muted); }
.bar { background: light-dark(#0b5cad, #0c3a63); color: #ffffff; border: 0; }
.bar .bar-note { color: inherit; }
.bar .button, .bar .tabs a { background: transparent; border-color: currentColor; color: inherit; }
.bar .button.main, .bar .tabs a[aria-current] { background: #ffffff; border-color: #ffffff; color: #0b5cad; }
.bar :focus-visible { outline-color: currentColor; }
.event { border: 0; border-left: .3rem solid var(--edge); }
.event.free { background: var(--surface); color: var(--ink); border: 1px dashed var(--edge); border-left: .3rem solid var(--edge); }
.chips { display: flex; flex-wrap: wrap; gap: .3rem; margin: 0; padding: 0; list-style: none; }
.chips li { padding: 0 .5rem; border: 1px solid var(--line); border-radius: .15rem; }
.panel select { display: block; width: 100%; margin-top: .15rem; padding: .5rem .6rem; font: inherit; font-size: 1rem; color: var(--ink); background: var(--ground); border: 1px solid var(--line); border-radius: var(--round-inside); }
.deleted { padding: 0 clamp(.5rem, 2vw, 1.5rem) 1.5rem; }
.deleted h2 { font-size: 1rem; }
.deleted ul { list-style: none; margin: 0; padding: 0; }
.deleted li { display: flex; gap: 1rem; justify-content: space-between; align-items: center; padding: .4rem 0; border-top: 1px solid var(--line); }
`;
