import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BodyTooLarge, readBody } from './delivery.ts';

/** Where a simulator listens. */
export interface ListenOptions {
  /** 0 or nothing takes a free port. */
  port?: number;
  /** 127.0.0.1 when left out. */
  host?: string;
  /** Origin under which browsers reach it, without a slash at the end; its own address when left out. */
  publicUrl?: string;
}

/** A listening server. */
export interface HttpServer {
  url: string;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

/** Answers one request whose body has arrived whole. */
export type Answerer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => Promise<void>;

/** Throws Error with `NODE_ENV=production`: a simulator lets anyone in. */
export function refuseProduction(service: string): void {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error(`The ${service} simulator never runs with NODE_ENV=production: it lets anyone in.`);
  }
}

/** Starts to listen; rejects when the port is taken. */
export async function startHttp(options: ListenOptions, answer: Answerer): Promise<HttpServer> {
  const server = createServer();
  // Before it listens: a request that comes at once would otherwise wait for ever.
  serve(server, answer);
  return {
    url: await listen(server, options),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, options: ListenOptions): Promise<string> {
  const host = options.host ?? '127.0.0.1';
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, () => {
      server.removeListener('error', reject);
      const { port } = server.address() as AddressInfo;
      resolve(options.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`);
    });
  });
}

function serve(server: Server, answer: Answerer): void {
  server.on('request', (request, response) => {
    readBody(request)
      .then((body) => answer(request, response, body))
      .catch((error: unknown) => {
        // The other side has gone away, or sent too much: there is nobody, or nothing, to answer.
        if (response.headersSent || response.destroyed) return;
        const tooLarge = error instanceof BodyTooLarge;
        response.writeHead(tooLarge ? 413 : 500, { 'content-type': 'text/plain', connection: 'close' });
        response.end(tooLarge ? 'Request body too large' : 'The simulator failed');
      });
  });
}
