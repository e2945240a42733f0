import net from 'node:net';

/** One request as it came over the wire. */
export interface RawRequest {
  method: string;
  /** With its query. */
  path: string;
  /** Everything in front of the body, without the empty line. */
  head: string;
  body: string;
}

export interface RawResponse {
  status: number;
  contentType: string;
  body: string;
}

/** Answers a request, now or later; an answer that never comes keeps its connection open. */
export type Handler = (request: RawRequest, answer: (response: RawResponse) => void) => void;

export interface BareServer {
  url: string;
  /** Refuses connections and ends those that are open, until `listen` is called. */
  refuse(): Promise<void>;
  listen(): Promise<void>;
}

const REASONS: Readonly<Record<number, string>> = { 200: 'OK', 204: 'No Content', 404: 'Not Found', 409: 'Conflict' };

/**
 * HTTP/1.1 over bare sockets, as much of it as the clients of the bench speak: keep-alive, one request at a time, bodies
 * with a length. Node's own server takes about as long for a request as a client does, and the client is what we measure.
 */
export async function startBareServer(handle: Handler): Promise<BareServer> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that was killed, or whom we cut off.
    socket.on('error', () => socket.destroy());
    serve(socket, handle);
  });
  let port = 0;
  async function listen(): Promise<void> {
    if (server.listening) return;
    await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as net.AddressInfo).port;
  }
  async function refuse(): Promise<void> {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }
  await listen();
  return { url: `http://127.0.0.1:${port}`, refuse, listen };
}

function serve(socket: net.Socket, handle: Handler): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const request = cut(rest);
    if (!request) return;
    rest = Buffer.alloc(0);
    handle(request, (response) => void socket.write(written(response)));
  });
}

/** The whole request, or null while some of it is on its way. */
function cut(bytes: Buffer): RawRequest | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  if (/\r\ntransfer-encoding:/i.test(head)) throw new Error('the bare server reads no chunked bodies');
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const end = headEnd + 4 + length;
  if (bytes.length < end) return null;
  if (bytes.length > end) throw new Error('the bare server takes one request at a time');
  const [method = '', path = ''] = head.slice(0, head.indexOf('\r\n')).split(' ');
  return { method, path, head, body: bytes.toString('utf8', headEnd + 4, end) };
}

function written({ status, contentType, body }: RawResponse): string {
  return (
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Status'}\r\ncontent-type: ${contentType}\r\n` +
    `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}
