import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { Refetcher } from './refetcher.ts';

/** A query on the page whose answers the test gives one by one. */
function watch(client: QueryClient, queryKey: string[]): { asked(): number; answer(value: string): void } {
  const waiting: ((value: string) => void)[] = [];
  let asked = 0;
  const queryFn = (): Promise<string> => {
    asked += 1;
    return new Promise((resolve) => waiting.push(resolve));
  };
  new QueryObserver(client, { queryKey, queryFn }).subscribe(() => {});
  return { asked: () => asked, answer: (value) => waiting.shift()?.(value) };
}

test('what is told during the first fetch is looked at after it', async () => {
  const client = new QueryClient();
  const list = watch(client, ['orders', 'list']);
  new Refetcher(client, 1).refetch(['orders']);
  expect(list.asked()).toBe(1);
  list.answer('too early');
  await expect.poll(list.asked).toBe(2);
  list.answer('right');
  await expect.poll(() => client.getQueryData(['orders', 'list'])).toBe('right');
});

test('much at once is one look, and one after it', async () => {
  const client = new QueryClient();
  const list = watch(client, ['orders', 'list']);
  list.answer('first');
  await expect.poll(() => client.getQueryData(['orders', 'list'])).toBe('first');
  const refetcher = new Refetcher(client, 1);
  for (let times = 0; times < 50; times++) refetcher.refetch(['orders']);
  expect(list.asked()).toBe(2);
  list.answer('second');
  await expect.poll(list.asked).toBe(3);
  list.answer('third');
  await expect.poll(() => client.getQueryData(['orders', 'list'])).toBe('third');
  expect(list.asked()).toBe(3);
});

test('a list of many pages is not fetched over and over, and is stale for whoever opens it next', async () => {
  const client = new QueryClient();
  const list = watch(client, ['appointments', 'pages']);
  const short = watch(client, ['appointments', 'next']);
  const pages = Array.from({ length: 20 }, (_, page) => ({ items: [page] }));
  list.answer('');
  short.answer('');
  await expect.poll(() => client.isFetching()).toBe(0);
  client.setQueryData(['appointments', 'pages'], { pages, pageParams: [] });
  new Refetcher(client, 1).refetch(['appointments']);
  await expect.poll(short.asked).toBe(2);
  expect(list.asked()).toBe(1);
  expect(client.getQueryState(['appointments', 'pages'])?.isInvalidated).toBe(true);
});
