/** The style of all pages. Plain CSS, light and dark, phone first; a theme of each vendor gives colours and corners. */
export const STYLESHEET = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 var(--font); }
body.narrow { display: grid; min-height: 100dvh; place-items: center; padding: 1rem; }
a { color: var(--accent); }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .75rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); padding: clamp(1.25rem, 5vw, 2.5rem); width: min(30rem, 100%); }
.badge { display: inline-block; margin: 0 0 1rem; padding: .15rem .7rem; border: 1px solid var(--line); border-radius: var(--round); font-size: .8rem; color: var(--muted); }
.footnote, .small { font-size: .85rem; color: var(--muted); }
.footnote { margin: 1.25rem 0 0; padding-top: .9rem; border-top: 1px solid var(--line); }
.accounts { list-style: none; margin: 1.25rem 0 0; padding: 0; border-top: 1px solid var(--line); }
.accounts li { border-bottom: 1px solid var(--line); }
.accounts a { display: flex; gap: .9rem; align-items: center; padding: .7rem .4rem; color: inherit; text-decoration: none; }
.accounts a:hover { background: var(--ground); }
.accounts .name { display: block; font-weight: 600; }
.accounts .email { display: block; font-size: .875rem; color: var(--muted); overflow-wrap: anywhere; }
.avatar { flex: none; display: inline-grid; place-items: center; width: 2.25rem; height: 2.25rem; border-radius: 50%; color: #fff; font-weight: 600; text-transform: uppercase; }
.hue-0 { background: #3355a8; } .hue-1 { background: #7a3e9d; } .hue-2 { background: #9c3d54; } .hue-3 { background: #8a5a14; }
.hue-4 { background: #2f6f3e; } .hue-5 { background: #1f6b75; } .hue-6 { background: #5a5f6a; } .hue-7 { background: #a0421f; }
.who { display: flex; align-items: center; gap: .6rem; overflow-wrap: anywhere; }
fieldset { border: 1px solid var(--line); border-radius: var(--round-inside); margin: 1rem 0; padding: .4rem 1rem .9rem; }
legend { padding: 0 .4rem; font-weight: 600; line-height: 1.25; }
.scope { display: flex; gap: .75rem; padding: .6rem 0; cursor: pointer; }
.scope input { flex: none; width: 1.25rem; height: 1.25rem; margin: .15rem 0 0; accent-color: var(--accent); }
.scope code { display: block; font-size: .8rem; color: var(--muted); }
.actions { display: flex; gap: .75rem; justify-content: flex-end; flex-wrap: wrap; }
button, .button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .4rem 1.3rem; border-radius: var(--round-button); border: 1px solid var(--line); background: var(--surface); color: var(--accent); cursor: pointer; text-decoration: none; display: inline-flex; align-items: center; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
button.danger { color: var(--danger); }
.card.roomy { width: min(42rem, 100%); }
.people li { padding: .3rem 0; }
.access { display: flex; gap: .75rem; align-items: center; justify-content: space-between; flex-wrap: wrap; margin: 0 .4rem .5rem 3.55rem; font-size: .875rem; color: var(--muted); }
.access button { min-height: 2.25rem; padding: .2rem .9rem; font-size: .875rem; }
`;
