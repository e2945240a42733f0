import { expect, test } from 'vitest';
import { EventParser } from './event-parser.ts';

const TEXT =
  'retry: 2000\n\nevent: appointment\ndata: {"ids":[7]}\n\nid: n-1\n\n:\nid: n-2\n\nevent: reset\ndata: {}\n\n';
const EVENTS = [
  { name: 'appointment', data: '{"ids":[7]}' },
  { name: 'reset', data: '{}' },
];

test('the pieces in which a stream arrives don’t matter', () => {
  for (let size = 1; size <= TEXT.length; size++) {
    const parser = new EventParser();
    const events = [];
    for (let at = 0; at < TEXT.length; at += size) events.push(...parser.take(TEXT.slice(at, at + size)));
    expect(events, `${size}`).toEqual(EVENTS);
    expect(parser.lastId).toBe('n-2');
  }
});

test('half an event of a broken connection is forgotten, its id is kept', () => {
  const parser = new EventParser();
  parser.take('id: n-1\n\nevent: appointment\ndata: {"i');
  parser.startAnew();
  expect(parser.take('event: reset\ndata: {}\n\n')).toEqual([{ name: 'reset', data: '{}' }]);
  expect(parser.lastId).toBe('n-1');
});
