import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';

/**
 * Below those that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere), any of which may take a
 * port between its choice and its use; above those that programs are known by.
 */
const FIRST = 20_000;
const BEYOND = 32_768;

/** Ports of the loopback address that nobody listens on. Held open together, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenSomewhere));
  const ports = servers.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map(async (server) => once(server.close(), 'close')));
  return ports;
}

/** One such port. Another process may take it before it is used, which is unlikely. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('no free port');
  return port;
}

async function listenSomewhere(): Promise<net.Server> {
  for (;;) {
    const server = net.createServer();
    try {
      server.listen(randomInt(FIRST, BEYOND), '127.0.0.1');
      await once(server, 'listening');
      return server;
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
