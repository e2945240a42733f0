import { Agent, request } from 'undici';

/** A calendar program that reads feeds, and a person who uses the app meanwhile. */
export interface FeedReader {
  /** @returns milliseconds until the first octet of the feed is there; the rest is not waited for */
  firstByte(path: string): Promise<number>;
  /** The whole feed, plain. */
  text(path: string): Promise<string>;
  tag(path: string): Promise<string>;
  /** Reads the whole feed, zipped as calendar programs ask for it. @returns its octets on the wire */
  read(path: string): Promise<number>;
  /** @returns milliseconds until the answer 304 */
  unchanged(path: string, tag: string): Promise<number>;
  /** @returns milliseconds until the answer is there */
  other(path: string, token: string): Promise<number>;
  close(): Promise<void>;
}

/** @param origin of the API */
export function openFeedReader(origin: string): FeedReader {
  const dispatcher = new Agent({ connections: 64, pipelining: 1 });
  const get = async (
    path: string,
    expected: number,
    headers: Record<string, string> = {},
  ): Promise<Awaited<ReturnType<typeof request>>> => {
    const answer = await request(`${origin}${path}`, { dispatcher, headers });
    if (answer.statusCode === expected) return answer;
    throw new Error(`${path.slice(0, 20)}…: ${answer.statusCode} ${await answer.body.text()}`);
  };
  const timed = async (path: string, expected: number, headers: Record<string, string>): Promise<number> => {
    const begun = performance.now();
    await (await get(path, expected, headers)).body.dump();
    return performance.now() - begun;
  };
  return {
    async firstByte(path) {
      // A connection of its own each time: it is broken off.
      const own = new Agent({ connections: 1 });
      const begun = performance.now();
      const { statusCode, body } = await request(`${origin}${path}`, { dispatcher: own });
      try {
        for await (const _ of body) if (statusCode === 200) return performance.now() - begun;
        throw new Error(`a feed answered ${statusCode}`);
      } finally {
        await own.destroy();
      }
    },
    text: async (path) => (await get(path, 200)).body.text(),
    async tag(path) {
      const { headers } = await request(`${origin}${path}`, { dispatcher, method: 'HEAD' });
      return String(headers.etag);
    },
    async read(path) {
      const { body } = await get(path, 200, { 'accept-encoding': 'gzip' });
      return (await body.arrayBuffer()).byteLength;
    },
    unchanged: (path, tag) => timed(path, 304, { 'if-none-match': tag }),
    other: (path, token) => timed(path, 200, { authorization: `Bearer ${token}` }),
    close: () => dispatcher.close(),
  };
}
