import { once } from 'node:events';
import net from 'node:net';

/** A line to a program of Mozilla that was started with `--marionette`, to run scripts in it as if they were part of it. */
export interface Marionette {
  /**
   * Runs the body of an asynchronous function, with `args` in scope.
   * @throws with what the script threw, or when the program does not answer any more
   */
  run(body: string, ...args: unknown[]): Promise<unknown>;
  close(): void;
}

/** For one script. */
const SCRIPT_LIMIT_MS = 60_000;

/** What comes for each command: `[1, its number, what went wrong, its result]`. */
type Answer = [1, number, { error: string; message: string } | null, unknown];

/**
 * Speaks Marionette's protocol 3: JSON, each message after its length in bytes and a colon
 * (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html).
 */
export async function openMarionette(port: number): Promise<Marionette> {
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readMessages(socket, (message) => {
    // The program greets first, with an object.
    if (!Array.isArray(message)) return;
    const [, number, fault, result] = message as Answer;
    if (fault) waiting.get(number)?.reject(new Error(`${fault.error}: ${fault.message}`));
    else waiting.get(number)?.resolve(result);
    waiting.delete(number);
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Marionette has hung up'));
  });
  let commands = 0;
  const send = (name: string, parameters: object = {}): Promise<unknown> => {
    commands += 1;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(commands, answer);
    const message = JSON.stringify([0, commands, name, parameters]);
    socket.write(`${Buffer.byteLength(message)}:${message}`);
    return answer.promise;
  };
  await send('WebDriver:NewSession');
  await send('Marionette:SetContext', { value: 'chrome' });
  return {
    async run(body, ...args) {
      const script = `
        const [args, done] = arguments;
        (async () => { ${body} })().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const command = { script, args: [args], scriptTimeout: SCRIPT_LIMIT_MS };
      const { value } = (await send('WebDriver:ExecuteAsyncScript', command)) as { value: Outcome };
      if (value.error !== undefined) throw new Error(value.error);
      return value.value;
    },
    close: () => void socket.destroy(),
  };
}

interface Outcome {
  value?: unknown;
  error?: string;
}

function readMessages(socket: net.Socket, take: (message: unknown) => void): void {
  let unread = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    for (;;) {
      const colon = unread.indexOf(':');
      const end = colon + 1 + Number(unread.subarray(0, Math.max(colon, 0)));
      if (colon === -1 || unread.length < end) return;
      take(JSON.parse(unread.subarray(colon + 1, end).toString()));
      unread = unread.subarray(end);
    }
  });
}
