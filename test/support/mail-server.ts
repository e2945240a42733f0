import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** One message as it arrived, read by a library that has nothing to do with the one that wrote it. */
export interface ArrivedMail {
  envelope: { from: string; to: string[] };
  raw: string;
  email: Email;
}

/** A real mail server on the loopback address. */
export interface MailServer extends AsyncDisposable {
  /** For `SMTP_URL`. */
  url: string;
  port: number;
  /** Everything that arrived as a whole, also what was refused afterwards, in order. */
  arrived: ArrivedMail[];
  /** Answers to the next messages, before they are taken: codes of SMTP and texts. */
  answers: { at: 'recipient' | 'message'; code: number; text: string }[];
  /** Called when a message has arrived as a whole, before the client is told; what it returns is waited for. */
  beforeAnswer: () => Promise<void> | void;
  close(): Promise<void>;
}

/** The attached calendar file, byte by byte as it was sent; the library that reads mails changes line ends. */
export function attachedFile(raw: string): string {
  const [, part = ''] = raw.split(/^Content-Type: text\/calendar/m);
  const [, body = ''] = /\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(part) ?? [];
  return Buffer.from(body, 'base64').toString();
}

export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const arrived: ArrivedMail[] = [];
  const answers: MailServer['answers'] = [];
  const refusal = (at: MailServer['answers'][number]['at']): Error | null => {
    if (answers[0]?.at !== at) return null;
    const { code, text } = answers.shift() ?? { code: 451, text: '' };
    return Object.assign(new Error(text), { responseCode: code });
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: (_address, _session, callback) => callback(refusal('recipient')),
    onData: async (stream, { envelope: { mailFrom, rcptTo } }, callback) => {
      const bytes = await buffer(stream);
      const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
      arrived.push({ envelope, raw: bytes.toString(), email: await PostalMime.parse(bytes) });
      await mailServer.beforeAnswer();
      callback(refusal('message'));
    },
    ...options,
  });
  // Clients that go away in the middle are part of the tests.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    const closed = Promise.withResolvers<void>();
    server.close(() => closed.resolve());
    await closed.promise;
  };
  const mailServer: MailServer = {
    ...{ url: `smtp://127.0.0.1:${port}`, port, arrived, answers, close },
    beforeAnswer: () => undefined,
    [Symbol.asyncDispose]: close,
  };
  return mailServer;
}
