import type { Answerer, HttpServer, ListenOptions } from './http-server.ts';
import { startHttp } from './http-server.ts';
import { startSaver } from './snapshot.ts';

/** What every simulated world has. */
export interface ServedWorld {
  /** Where it is found, once it listens. */
  url: string;
  /** Called after every change of its state. */
  changed(): void;
}

export interface ServeOptions extends ListenOptions {
  /** Keeps the state over restarts; in memory only when left out. */
  dataFile?: string;
}

type Asked = Parameters<Answerer>;

/**
 * Serves a simulated world, and saves its state after every change. Closing ends calls that hang, saves and frees the port.
 * @param plain the state as JSON, for the file
 * @param answer with a signal that ends what hangs
 */
export async function serveWorld(
  world: ServedWorld,
  options: ServeOptions,
  plain: () => Record<string, unknown>,
  answer: (signal: AbortSignal, ...asked: Asked) => ReturnType<Answerer>,
): Promise<HttpServer> {
  const stopping = new AbortController();
  const { url, close } = await startHttp(options, (...asked) => answer(stopping.signal, ...asked));
  world.url = url;
  const saver = options.dataFile === undefined ? null : startSaver(options.dataFile, plain);
  if (saver) world.changed = () => saver.changed();
  return {
    url,
    async close() {
      stopping.abort();
      await close();
      await saver?.close();
    },
  };
}
