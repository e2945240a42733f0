import { Agent, request } from 'undici';
import { measure, type Effort } from '../support/effort.ts';
import type { RawRequest } from '../support/http-server.ts';
import { serveSide } from '../support/side.ts';

/* `undici.request` by itself: sends what the worker sent, byte for byte but for the event's id, and reads the answers. */

const ids = { made: 0 };

const jobs = {
  /** Bodies are made beforehand: this side has nothing to do but send. */
  async send(job: { url: string; sample: RawRequest; count: number; atOnce: number }): Promise<Effort> {
    const { url, sample, count, atOnce } = job;
    const dispatcher = new Agent({ connections: atOnce, pipelining: 1 });
    const headers = headersOf(sample.head);
    const bodies = Array.from({ length: count }, () => withOwnId(sample.body));
    let next = 0;
    async function sendInTurn(): Promise<void> {
      for (let at = next++; at < count; at = next++) {
        const answer = await request(`${url}${sample.path}`, {
          ...{ method: 'POST', headers, dispatcher },
          body: bodies[at] ?? '',
        });
        await answer.body.text();
        if (answer.statusCode !== 200) throw new Error(`the provider answered ${answer.statusCode}`);
      }
    }
    const effort = await measure(count, async () => {
      await Promise.all(Array.from({ length: atOnce }, sendInTurn));
    });
    await dispatcher.close();
    return effort;
  },
};

export type BareJobs = typeof jobs;

/** Those that the client does not write by itself. */
function headersOf(head: string): Record<string, string> {
  const lines = head.split('\r\n').slice(1);
  const pairs = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
  return Object.fromEntries(pairs.filter(([name]) => !['host', 'connection', 'content-length'].includes(name ?? '')));
}

function withOwnId(body: string): string {
  ids.made += 1;
  return body.replace(/"id":"vc[0-9a-f]+"/, (id) => `"id":"vc${String(ids.made).padStart(id.length - 9, '0')}"`);
}

serveSide(jobs);
