/** A call that waits for its turn. */
interface Waiting<In, Out> {
  input: In;
  resolve: (output: Out) => void;
  reject: (error: unknown) => void;
}

/**
 * Carries out calls of one kind together: those of one turn go at once, what comes while they are under way goes next.
 * A lone call is as fast as ever; under load a hundred accounts share one statement and one sync to disk.
 * @param runAll gives one output for each input, in their order; an error is that input's alone
 * @param most how much goes together; one input that is more goes by itself
 * @param weigh how much an input is; 1 when left out
 */
export function gather<In, Out>(
  runAll: (inputs: readonly In[]) => Promise<readonly (Out | Error)[]>,
  most: number,
  weigh: (input: In) => number = () => 1,
): (input: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let running = false;

  async function runWaiting(): Promise<void> {
    running = true;
    // Whoever asks in the same turn goes along: an order wakes several accounts at once.
    await Promise.resolve();
    while (waiting.length > 0) await carryOut(waiting.splice(0, fitting()));
    running = false;
  }

  function fitting(): number {
    let weight = 0;
    const tooMuch = waiting.findIndex(({ input }) => (weight += weigh(input)) > most);
    return tooMuch === -1 ? waiting.length : Math.max(tooMuch, 1);
  }

  async function carryOut(batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const outputs = await runAll(batch.map(({ input }) => input));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const output = outputs[index] as Out | Error;
        if (output instanceof Error) reject(output);
        else resolve(output);
      }
    } catch (error) {
      // One input may have spoiled it for all: each is tried by itself, so that only the guilty one fails.
      if (batch.length > 1) for (const one of batch) await carryOut([one]);
      else for (const { reject } of batch) reject(error);
    }
  }

  return (input) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (!running) void runWaiting();
    });
}
