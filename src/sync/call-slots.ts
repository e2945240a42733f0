/** Called when the call has ended, once. */
export type GiveBack = () => void;

/**
 * How many calls to providers one process has under way. Accounts are served in larger numbers, so that a slot is not
 * empty while an outcome is written down or the next account is taken.
 */
export class CallSlots {
  #free: number;
  readonly #reserved: number;
  readonly #urgent: (() => void)[] = [];
  readonly #backfill: (() => void)[] = [];

  /** @param reserved of `slots`, for calls that people wait for */
  constructor(slots: number, reserved: number) {
    this.#free = slots;
    this.#reserved = reserved;
  }

  /** Resolves when the call may begin; what people wait for goes first. */
  async take(urgent: boolean): Promise<GiveBack> {
    if (this.#free <= (urgent ? 0 : this.#reserved)) {
      await new Promise<void>((resolve) => void (urgent ? this.#urgent : this.#backfill).push(resolve));
    } else this.#free -= 1;
    return () => this.#giveBack();
  }

  /** The slot goes straight to who waits, so that nobody who comes later can take it. */
  #giveBack(): void {
    const next = this.#urgent.shift() ?? (this.#free >= this.#reserved ? this.#backfill.shift() : undefined);
    if (next) next();
    else this.#free += 1;
  }
}
