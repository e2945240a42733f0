/** What a note tells: that something worked, that there is something to know, or that something did not work. */
export type NoticeKind = 'done' | 'warning' | 'failure';

/** Long enough to read a sentence or two. */
const DONE_MS = 7000;
/** Warnings are longer, and something may have to be done about them. */
const WARNING_MS = 20_000;

/** By what somebody shows that they read. */
type Held = 'pointer' | 'focus';

export interface NoticeClock {
  /** From now on it shows. Told again, its time begins anew. */
  shows(id: string, kind: NoticeKind): void;
  /** It was closed, in whatever way. */
  gone(id: string): void;
  hold(id: string, by: Held): void;
  release(id: string, by: Held): void;
}

/**
 * Which notes go by themselves, and when: failures stay until they are closed; what worked goes after a while; warnings go
 * later, the later the more of them show at once, as each has to be read. While the pointer or the focus is on one of them, none
 * goes; afterwards, and when another one comes, they have their whole time again.
 * @param close takes a note away, and has `gone` called
 * @param after calls back once some milliseconds have passed; what it gives back takes that back
 */
export function createNoticeClock(
  close: (id: string) => void,
  after: (ms: number, run: () => void) => () => void,
): NoticeClock {
  const showing = new Map<string, { kind: NoticeKind; stop: () => void }>();
  const held = new Set<string>();

  function beginAnew(): void {
    for (const note of showing.values()) note.stop();
    if (held.size > 0) return;
    const warnings = [...showing.values()].filter(({ kind }) => kind === 'warning').length;
    for (const [id, note] of showing) {
      if (note.kind === 'failure') continue;
      note.stop = after(note.kind === 'done' ? DONE_MS : WARNING_MS * warnings, () => close(id));
    }
  }

  function release(names: readonly string[]): void {
    const wasHeld = held.size > 0;
    for (const name of names) held.delete(name);
    if (wasHeld && held.size === 0) beginAnew();
  }

  return {
    shows(id, kind) {
      showing.get(id)?.stop();
      showing.set(id, { kind, stop: () => undefined });
      beginAnew();
    },
    gone(id) {
      showing.get(id)?.stop();
      showing.delete(id);
      // Its own pointer and focus go with it, and nothing tells so.
      release([nameOf(id, 'pointer'), nameOf(id, 'focus')]);
    },
    hold(id, by) {
      // On its way out it may still be pointed at, and nothing would tell that it no longer is.
      if (!showing.has(id)) return;
      held.add(nameOf(id, by));
      beginAnew();
    },
    release: (id, by) => release([nameOf(id, by)]),
  };
}

function nameOf(id: string, by: Held): string {
  return `${by} ${id}`;
}
