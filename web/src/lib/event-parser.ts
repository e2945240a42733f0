/** One server-sent event; `name` is `message` where none was given. */
export interface StreamEvent {
  name: string;
  data: string;
}

/** Reads an event stream piece by piece (HTML Standard, 9.2.6), as far as our server uses it: one line of data an event. */
export class EventParser {
  #rest = '';
  #lastId: string | null = null;

  /** What to name when coming back. */
  get lastId(): string | null {
    return this.#lastId;
  }

  /** A new connection: the beginning of an event from the last one is worth nothing. */
  startAnew(): void {
    this.#rest = '';
  }

  /** The events that end in this piece. */
  take(piece: string): StreamEvent[] {
    const blocks = (this.#rest + piece).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => this.#read(block));
  }

  #read(block: string): StreamEvent[] {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (name !== '') fields.set(name, value);
    }
    this.#lastId = fields.get('id') ?? this.#lastId;
    const data = fields.get('data');
    return data === undefined ? [] : [{ name: fields.get('event') ?? 'message', data }];
  }
}
