import fastify from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { expect, test } from 'vitest';
import { systemClock } from '../base/time.ts';
import { Turns } from '../use-cases/calendar/turns.ts';
import { letAnswersGoFirst } from './answers-first.ts';

class CountingTurns extends Turns {
  holding = 0;
  #changed = Promise.withResolvers<void>();

  override letGoFirst(): () => void {
    this.#count(1);
    return () => this.#count(-1);
  }

  /** Resolves when so many are being answered. */
  async reaches(count: number): Promise<void> {
    while (this.holding !== count) await this.#changed.promise;
  }

  #count(change: number): void {
    this.holding += change;
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}

test('an answer holds turns up until it is out or its client has gone, a long one never', async () => {
  const turns = new CountingTurns(systemClock);
  const app = fastify({ forceCloseConnections: true }).withTypeProvider<ZodTypeProvider>();
  letAnswersGoFirst(app, turns);
  const answer = Promise.withResolvers<string>();
  app.get('/short', () => answer.promise);
  app.get('/long', { config: { long: true } }, () => answer.promise);
  app.get('/endless', { config: { endless: true } }, () => answer.promise);
  const url = await app.listen({ port: 0 });
  const gone = new AbortController();
  const all = ['/short', '/long', '/endless'].map((path) => fetch(`${url}${path}`));
  const given = expect(fetch(`${url}/short`, { signal: gone.signal })).rejects.toThrow('aborted');
  await turns.reaches(2);
  gone.abort();
  await given;
  await turns.reaches(1);
  answer.resolve('done');
  for (const one of all) expect(await (await one).text()).toBe('done');
  await turns.reaches(0);
  await app.close();
});
