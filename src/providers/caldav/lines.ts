import { contentLine } from '../ics/line-writer.ts';

/*
 * An iCalendar object as its lines, in its own order and spelling. What other programs wrote is kept to the letter this way,
 * whether we understand it or not; only what we manage is replaced.
 */

export interface Line {
  /** In capitals. */
  name: string;
  /** Whole, without folds. */
  text: string;
}

export interface Component {
  /** In capitals. */
  name: string;
  lines: Line[];
  parts: Component[];
}

/** @returns the calendar, or `null` for what is none */
export function readComponent(text: string): Component | null {
  const root: Component = { name: '', lines: [], parts: [] };
  const open = [root];
  for (const line of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const name = /^[A-Za-z0-9-]+/.exec(line)?.[0].toUpperCase();
    if (name === undefined) continue;
    const within = open.at(-1) ?? root;
    if (name === 'BEGIN') {
      const part = { name: line.slice('BEGIN:'.length).trim().toUpperCase(), lines: [], parts: [] };
      within.parts.push(part);
      open.push(part);
    } else if (name === 'END') {
      if (open.length === 1 || line.slice('END:'.length).trim().toUpperCase() !== within.name) return null;
      open.pop();
    } else {
      within.lines.push({ name, text: line });
    }
  }
  const [calendar] = root.parts;
  return open.length === 1 && calendar?.name === 'VCALENDAR' ? calendar : null;
}

/** Folded and with the line ends of RFC 5545. */
export function writeComponent({ name, lines, parts }: Component): string {
  const inner = lines.map(({ text }) => contentLine(text)).join('') + parts.map(writeComponent).join('');
  return contentLine(`BEGIN:${name}`) + inner + contentLine(`END:${name}`);
}

/** What follows the name and its parameters; quotes may hold a colon. */
export function valueOf({ text }: Line): string {
  return /^(?:[^":]|"[^"]*")*:(.*)$/s.exec(text)?.[1] ?? '';
}

/** The value of a component's first line of a name. */
export function valueIn(component: Component, name: string): string | null {
  const line = component.lines.find((one) => one.name === name);
  return line ? valueOf(line) : null;
}

/** Names of the time zones that times within refer to. */
export function zonesIn(component: Component): Set<string> {
  const own = component.lines.flatMap(({ text }) => {
    const [, quoted, plain] = /^[^:]*?;TZID=(?:"([^"]*)"|([^;:]*))/i.exec(text) ?? [];
    const zone = quoted ?? plain;
    return zone === undefined ? [] : [zone];
  });
  return new Set([...own, ...component.parts.flatMap((part) => [...zonesIn(part)])]);
}
