import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong between us and a real server. */
export interface CaldavProxy {
  /** Without a slash at the end. */
  url: string;
  /** The next such write is carried out, and its answer is lost. */
  loseNextAnswer(of: 'create' | 'update'): void;
  /** The next create is neither carried out nor answered. */
  hangNextCreate(): { reached: Promise<void> };
  /** The next create is refused: too many calls. */
  throttleNextCreate(ms: number): void;
  /** Sync tokens that were given out are not known any more. */
  forgetTokens(): void;
  close(): Promise<void>;
}

type Fault = (request: IncomingMessage, response: ServerResponse, forward: Forward) => void;
type Forward = (answer: (from: IncomingMessage) => void) => void;

/** Stands before a server on this machine and passes everything on, but for what is asked of it. */
export async function startCaldavProxy(target: string): Promise<CaldavProxy> {
  const faults: { of: 'create' | 'update'; play: Fault }[] = [];
  let forgotten = false;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const told = forgotten ? body.replace(/(<d:sync-token>)[^<]+/, '$1http://unknown.example/token') : body;
      const forward: Forward = (answer) => {
        const headers = { ...incoming.headers, 'content-length': String(Buffer.byteLength(told)) };
        const onward = request(new URL(incoming.url ?? '/', target), { method: incoming.method, headers }, answer);
        onward.on('error', () => response.destroy());
        onward.end(told);
      };
      const at = faults.findIndex(({ of }) => of === kindOf(incoming));
      const [fault] = at === -1 ? [] : faults.splice(at, 1);
      if (fault) fault.play(incoming, response, forward);
      else forward((from) => passOn(from, response));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loseNextAnswer(of) {
      const play: Fault = (_, response, forward) =>
        forward((from) => from.resume().on('end', () => response.destroy()));
      faults.push({ of, play });
    },
    hangNextCreate() {
      const { promise: reached, resolve } = Promise.withResolvers<void>();
      faults.push({ of: 'create', play: () => resolve() });
      return { reached };
    },
    throttleNextCreate(ms) {
      const headers = { 'retry-after': String(ms / 1000) };
      faults.push({ of: 'create', play: (_, response) => void response.writeHead(429, headers).end() });
    },
    forgetTokens() {
      forgotten = true;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function kindOf({ method, headers }: IncomingMessage): 'create' | 'update' | null {
  if (method !== 'PUT') return null;
  return headers['if-none-match'] === '*' ? 'create' : 'update';
}

function passOn(from: IncomingMessage, response: ServerResponse): void {
  response.writeHead(from.statusCode ?? 502, from.headers);
  from.pipe(response);
}
