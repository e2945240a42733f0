import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOutboxPost } from '../../src/mail/outbox-post.ts';
import { senderOf } from '../../src/mail/post.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { TestClock } from '../sync/rig.ts';
import { mailsTo, queueReauthMail, startMailWorker } from './rig.ts';

let opened: TestDatabase;
let folder: string;
const clock = new TestClock();

beforeAll(async () => {
  opened = await openTestDatabase();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'valclean-outbox-'));
});

afterAll(async () => {
  await opened.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const outboxPost = (place: string): ReturnType<typeof createOutboxPost> =>
  createOutboxPost(place, senderOf(null, 'VALClean', 'http://localhost:3000'));

it('without a mail server mails are files, for their owner only', async () => {
  const place = path.join(folder, 'data', 'outbox');
  const { worker, errors } = startMailWorker({ database: opened.database, clock, post: outboxPost(place) });
  const jane = await queueReauthMail(opened.database, clock.now(), { name: 'Zoë Doe', email: 'zoe@example.com' });
  await worker.deliverDue();
  const [mail] = await mailsTo(opened.database, jane);
  expect(mail?.state).toBe('sent');
  expect(fs.readdirSync(place)).toEqual([`${mail?.message_id}.eml`]);
  const file = path.join(place, `${mail?.message_id}.eml`);
  expect(fs.statSync(place).mode & 0o777).toBe(0o700);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  const bytes = fs.readFileSync(file);
  expect(bytes.toString().replaceAll('\r\n', '')).not.toContain('\n');
  expect(await PostalMime.parse(bytes)).toMatchObject({
    from: { name: 'VALClean', address: 'no-reply@localhost' },
    to: [{ name: 'Zoë Doe', address: 'zoe@example.com' }],
    messageId: `<${mail?.message_id}@localhost>`,
    text: expect.stringContaining('Hello Zoë Doe,'),
  });
  await worker.stop();
  expect(errors).toEqual([]);
});

it('a folder that others could read is closed to them', async () => {
  const place = path.join(folder, 'open');
  fs.mkdirSync(place);
  fs.chmodSync(place, 0o755);
  const { worker } = startMailWorker({ database: opened.database, clock, post: outboxPost(place) });
  await queueReauthMail(opened.database, clock.now());
  await worker.deliverDue();
  expect(fs.statSync(place).mode & 0o777).toBe(0o700);
  await worker.stop();
});

it('a folder that can not be written is tried again', async () => {
  const place = path.join(folder, 'file');
  fs.writeFileSync(place, 'in the way');
  const { worker, errors } = startMailWorker({ database: opened.database, clock, post: outboxPost(place) });
  const jane = await queueReauthMail(opened.database, clock.now());
  await worker.deliverDue();
  expect((await mailsTo(opened.database, jane))[0]).toMatchObject({ state: 'queued', error_code: 'EEXIST' });
  await worker.stop();
  expect(errors).toEqual([]);
});
