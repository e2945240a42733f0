/** The style of the week page: a grid of hours on wide screens, a list by day on narrow ones. */
export const WEEK_STYLESHEET = `
.bar { display: grid; grid-template-columns: 1fr auto auto; gap: .5rem 1.5rem; align-items: center; padding: .9rem clamp(.75rem, 2vw, 1.5rem); background: var(--surface); border-bottom: 1px solid var(--line); }
.bar h1 { margin: 0; font-size: 1.2rem; }
.bar-who { display: flex; align-items: center; gap: .8rem; min-width: 0; }
.bar-who .home { text-decoration: none; border-radius: 50%; }
.bar-name { margin: 0; font-weight: 600; line-height: 1.2; }
.bar-note { margin: 0; font-size: .85rem; color: var(--muted); overflow-wrap: anywhere; }
.bar-zone { grid-column: 1 / -1; }
.bar nav { display: flex; gap: .4rem; flex-wrap: wrap; }
.button.main { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
.bar .button { padding: .3rem .9rem; }
.tabs { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: .4rem; list-style: none; margin: 0; padding: 0; }
.tabs a { display: block; padding: .3rem .9rem; border: 1px solid var(--line); border-radius: var(--round); text-decoration: none; }
.tabs a[aria-current] { background: var(--ground); color: inherit; font-weight: 600; }
.week-page { display: grid; gap: 1rem; padding: clamp(.5rem, 2vw, 1.5rem); align-items: start; }
.week-page.with-panel { grid-template-columns: minmax(0, 1fr) 24rem; }
.grid { display: grid; grid-template-columns: 3.5rem repeat(7, minmax(0, 1fr)); grid-template-rows: auto auto; background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); overflow: hidden; }
.grid.with-all-day { grid-template-rows: auto auto auto; }
.axis, .day { display: grid; grid-template-rows: subgrid; grid-row: 1 / -1; }
.axis { font-size: .75rem; color: var(--muted); text-align: right; }
.axis .hour { height: var(--hour); padding-right: .5rem; }
.axis .hour span { position: relative; top: -.6rem; }
.axis .all-day { padding-right: .5rem; border: 0; }
.day { border-left: 1px solid var(--line); min-width: 0; }
.day-head { height: 3.6rem; margin: 0; padding-top: .4rem; text-align: center; font-size: .8rem; font-weight: 400; color: var(--muted); border-bottom: 1px solid var(--line); }
.day-head b { display: block; font-size: 1.15rem; line-height: 1.5; font-weight: 600; color: var(--ink); }
.today .day-head b { width: 1.75rem; margin: 0 auto; border-radius: 50%; background: var(--accent); color: var(--accent-ink); }
.all-day { min-height: 2.4rem; padding: .2rem; border-bottom: 1px solid var(--line); display: grid; gap: .2rem; align-content: start; }
.hours { position: relative; height: calc(var(--hours) * var(--hour)); background: repeating-linear-gradient(to bottom, transparent 0, transparent calc(var(--hour) - 1px), var(--line) calc(var(--hour) - 1px), var(--line) var(--hour)); }
.event { display: block; padding: .15rem .4rem; border-radius: var(--round-event); background: var(--fill); color: var(--text); font-size: .78rem; line-height: 1.3; text-decoration: none; overflow: hidden; border: 1px solid rgb(0 0 0 / 35%); overflow-wrap: break-word; }
.lock { width: .7em; height: .8em; fill: currentColor; margin-right: .3em; }
.hours .event { position: absolute; top: calc(var(--top) * var(--hour)); height: max(calc(var(--height) * var(--hour) - 2px), 1.3rem); left: var(--left); width: calc(var(--width) - 3px); }
.event:hover { filter: brightness(.94); }
.event.free { background: repeating-linear-gradient(-45deg, var(--fill) 0 6px, color-mix(in srgb, var(--fill) 72%, white) 6px 12px); border-style: dashed; }
.event-title { display: block; font-weight: 600; }
.event-time, .event-place { display: block; }
.now { position: absolute; left: 0; right: 0; top: calc(var(--at) * var(--hour)); border-top: 2px solid var(--danger); pointer-events: none; }
.empty { display: none; }
.panel { background: var(--surface); border: 1px solid var(--line); border-radius: var(--round); padding: 1rem 1.25rem 1.25rem; }
.panel-head { display: flex; justify-content: space-between; align-items: center; }
.panel-head h2 { margin: 0; font-size: 1.1rem; }
.panel label { display: block; margin-top: .7rem; font-size: .875rem; color: var(--muted); }
.panel input:not([type]), .panel input[type=date], .panel input[type=time], .panel textarea { display: block; width: 100%; margin-top: .15rem; padding: .5rem .6rem; font: inherit; font-size: 1rem; color: var(--ink); background: var(--ground); border: 1px solid var(--line); border-radius: var(--round-inside); }
.panel textarea { resize: vertical; }
.panel .pair { display: grid; grid-template-columns: 3fr 2fr; gap: .75rem; }
.panel .check { display: flex; align-items: center; gap: .6rem; color: var(--ink); font-size: 1rem; min-height: 2rem; }
.panel .check input { width: 1.2rem; height: 1.2rem; accent-color: var(--accent); }
.colours { display: flex; flex-wrap: wrap; gap: .35rem; padding: .4rem .7rem .7rem; }
.colours legend { font-weight: 400; font-size: .875rem; color: var(--muted); }
.panel .swatch { margin: 0; position: relative; }
.swatch input { position: absolute; inset: 0; opacity: 0; margin: 0; width: 100%; height: 100%; cursor: pointer; }
.swatch span { display: block; width: 1.9rem; height: 1.9rem; border-radius: 50%; background: var(--fill); border: 1px solid rgb(0 0 0 / 30%); }
.swatch input:checked + span { box-shadow: 0 0 0 2px var(--surface), 0 0 0 4px var(--ink); }
.swatch input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 4px; }
.facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .25rem .9rem; margin: 1.2rem 0 0; padding-top: .9rem; border-top: 1px solid var(--line); font-size: .8rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.problem { margin: .75rem 0; padding: .6rem .9rem; border: 1px solid var(--danger); border-radius: .5rem; color: var(--danger); }
@media (max-width: 64rem) {
  .week-page.with-panel { grid-template-columns: minmax(0, 1fr); }
  .week-page .panel { order: -1; }
}
@media (max-width: 48rem) {
  .bar { grid-template-columns: minmax(0, 1fr); }
  .grid { display: block; }
  .axis { display: none; }
  .day { border-left: 0; grid-template-columns: 3.5rem minmax(0, 1fr); grid-template-rows: auto auto; border-bottom: 1px solid var(--line); padding: .5rem .6rem .5rem 0; }
  .day:last-child { border-bottom: 0; }
  .day-head { grid-row: 1 / 3; height: auto; border: 0; padding: 0; }
  .all-day { grid-column: 2; border: 0; min-height: 0; padding: 0 0 .3rem; }
  .all-day:empty { display: none; }
  .hours { grid-column: 2; height: auto; background: none; display: grid; gap: .3rem; }
  .hours .event { position: static; width: auto; height: auto; }
  .event { padding: .5rem .7rem; font-size: .9rem; }
  .now { display: none; }
  .empty { display: block; margin: .35rem 0; color: var(--muted); font-size: .85rem; }
}
`;
