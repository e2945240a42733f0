import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import type { Letter, Mailbox } from './letter.ts';
import { toMessage, type Post } from './post.ts';

/** Lies in `DATA_DIR`. */
export const OUTBOX = 'outbox';

const OWNER_ONLY = { folder: 0o700, file: 0o600 };

/**
 * Without a mail server: writes mails as `.eml` files, which mail programs open, for their owner only to read. A file is
 * there as a whole or not at all; a mail that is written again replaces its file.
 */
export function createOutboxPost(folder: string, sender: Mailbox): Post {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(letter) {
      const { message } = await composer.sendMail(toMessage(letter, sender));
      try {
        await writeWhole(folder, letter, message as Buffer);
        return { kind: 'delivered' };
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === undefined) throw error;
        return { kind: 'failed', code };
      }
    },
    close: () => composer.close(),
  };
}

async function writeWhole(folder: string, { id }: Letter, message: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY.folder });
  await chmod(folder, OWNER_ONLY.folder);
  const draft = path.join(folder, `.${randomUUID()}`);
  try {
    await writeFile(draft, message, { flag: 'wx', mode: OWNER_ONLY.file });
    await rename(draft, path.join(folder, `${id}.eml`));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
