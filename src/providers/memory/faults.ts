import type { CalendarSession, Failure, Operation } from '../../sync/provider.ts';

/** A failure to be played on operations. */
export interface MemoryFault {
  /** `hang` never answers: the operation ends when its signal aborts. */
  failure: Failure | 'hang';
  /** `after`: the operation is carried out and its answer is what fails. `before` when left out. */
  when?: 'before' | 'after';
  /** Which operations it befalls; all when left out. Reads are befallen by `reads` only. */
  match?: (operation: Operation, session: CalendarSession) => boolean;
  /** Befalls reads of changes instead of operations. */
  reads?: boolean;
  /** How often it is played; once when left out. */
  times?: number;
}

interface DrawnFault {
  when: 'before' | 'after';
  /** The failure, at once or when `signal` aborts. */
  failure(signal: AbortSignal): Promise<Failure>;
}

export interface MemoryFaults {
  add(fault: MemoryFault): void;
  /** The oldest fault that befalls this operation, used up by one. */
  draw(session: CalendarSession, operation: Operation): DrawnFault | null;
  /** The same for a read of changes. */
  drawRead(): Failure | null;
}

export function createMemoryFaults(): MemoryFaults {
  const waiting: { fault: MemoryFault; left: number }[] = [];
  return {
    add: (fault) => void waiting.push({ fault, left: fault.times ?? 1 }),
    draw(session, operation) {
      const fault = useUp((one) => !one.reads && (one.match?.(operation, session) ?? true));
      return fault && { when: fault.when ?? 'before', failure: (signal) => failureOf(fault, signal) };
    },
    drawRead() {
      const fault = useUp((one) => one.reads === true);
      return fault && fault.failure !== 'hang' ? fault.failure : null;
    },
  };

  function useUp(befalls: (fault: MemoryFault) => boolean): MemoryFault | null {
    const index = waiting.findIndex(({ fault }) => befalls(fault));
    const entry = waiting[index];
    if (!entry) return null;
    entry.left -= 1;
    if (entry.left <= 0) waiting.splice(index, 1);
    return entry.fault;
  }
}

async function failureOf({ failure }: MemoryFault, signal: AbortSignal): Promise<Failure> {
  if (failure !== 'hang') return failure;
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return { kind: 'unknown_outcome', code: 'aborted' };
}
