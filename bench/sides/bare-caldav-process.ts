import { Agent, request } from 'undici';
import { measure, type Effort } from '../support/effort.ts';
import { serveSide } from '../support/side.ts';

/* `undici.request` by itself: puts the very objects that the worker has put, under names of their own. */

const jobs = {
  /** @param job `calendar` is its address; `headers` name the account */
  async put(job: {
    calendar: string;
    headers: Record<string, string>;
    objects: string[];
    atOnce: number;
  }): Promise<Effort> {
    const { calendar, objects, atOnce } = job;
    const dispatcher = new Agent({ connections: atOnce, pipelining: 1 });
    const headers = { ...job.headers, 'content-type': 'text/calendar; charset=utf-8', 'if-none-match': '*' };
    let next = 0;
    async function putInTurn(): Promise<void> {
      for (let at = next++; at < objects.length; at = next++) {
        const body = objects[at] ?? '';
        const answer = await request(`${calendar}bare-${at}.ics`, { method: 'PUT', headers, dispatcher, body });
        await answer.body.text();
        if (answer.statusCode !== 201) throw new Error(`the server answered ${answer.statusCode}`);
      }
    }
    const effort = await measure(objects.length, async () => {
      await Promise.all(Array.from({ length: atOnce }, putInTurn));
    });
    await dispatcher.close();
    return effort;
  },
};

export type BareCaldavJobs = typeof jobs;

serveSide(jobs);
