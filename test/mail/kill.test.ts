import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../src/db/database.ts';
import { sql } from '../../src/db/sql.ts';
import { startKillable } from '../support/killable.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { startTestFolder, type TestFolder } from '../support/test-folder.ts';
import { mailsTo, queueReauthMail } from './rig.ts';

/* The real worker, killed when the mail server has the mail and before it can be written down. */

const TIME_LIMIT_MS = 400_000;
const ARRIVES_WITHIN_MS = 120_000;

let folder: TestFolder;
let server: MailServer;

beforeEach(async () => {
  folder = await startTestFolder();
  server = await startMailServer();
});

afterEach(async () => {
  await server.close();
  await folder.remove();
});

/** On the embedded engine only while no process of the product runs. */
function open(): Promise<Database> {
  const { databaseUrl, settings } = folder;
  if (databaseUrl === null) return openDatabase({ kind: 'embedded', dataDir: settings['DATA_DIR'] ?? '' });
  return openDatabase({ kind: 'postgres', url: databaseUrl });
}

const start = (): ReturnType<typeof startKillable> =>
  startKillable('worker', {
    ...folder.settings,
    SMTP_URL: server.url,
    MAIL_FROM: 'VALClean <office@valclean.example>',
  });

it(
  'sends the mail once more, under the same Message-ID',
  async () => {
    const before = await open();
    const jane = await queueReauthMail(before, new Date());
    await before.close();

    const arrived = Promise.withResolvers<void>();
    const died = Promise.withResolvers<void>();
    server.beforeAnswer = () => {
      arrived.resolve();
      return died.promise;
    };
    const victim = await start();
    await arrived.promise;
    await victim.kill();
    died.resolve();
    server.beforeAnswer = () => undefined;

    const between = await open();
    expect(await mailsTo(between, jane)).toMatchObject([{ state: 'queued', attempts: 1 }]);
    // On PostgreSQL others may be alive, so the lease has to run out; here nobody is.
    await sql`update mails set lease_until = clock_timestamp() where ${between.engine === 'postgres'}`.execute(
      between.db,
    );
    await between.close();

    const second = await start();
    await expect.poll(() => server.arrived.length, { timeout: ARRIVES_WITHIN_MS }).toBe(2);
    await second.stop();
    const after = await open();
    expect(await mailsTo(after, jane)).toMatchObject([{ state: 'sent', attempts: 2 }]);
    await after.close();
    expect(new Set(server.arrived.map(({ email }) => email.messageId)).size).toBe(1);
    expect(server.arrived.map(({ envelope }) => envelope.to)).toHaveLength(2);
    for (const { said } of [victim, second]) expect(said()).not.toMatch(/@example|@valclean|127\.0\.0\.1:\d/);
  },
  TIME_LIMIT_MS,
);
