import { expect, test } from 'vitest';
import { checkedEndpoint, UnsafeEndpoint } from './endpoint.ts';

test.each([
  'https://www.googleapis.com',
  'http://127.0.0.1:9000/prefix',
  'http://127.255.0.9/',
  'http://localhost:80/',
  'http://[::1]:3000/',
])('takes %s', (address) => {
  expect(checkedEndpoint(address).href).toBe(new URL(address).href);
});

test.each([
  'http://www.googleapis.com',
  'http://127.0.0.1.example.com/',
  'http://localhost.example.com/',
  'http://10.0.0.1/',
  'ftp://127.0.0.1/',
  'https://user:password@example.com/',
  '/calendar',
  '',
])('refuses %s without repeating it', (address) => {
  expect(() => checkedEndpoint(address)).toThrow(UnsafeEndpoint);
  expect(() => checkedEndpoint(address)).not.toThrow(/password|example/);
});
