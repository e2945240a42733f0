import { describe, expect, test } from 'vitest';
import { createLogger, type Logger } from './loggers.ts';

function capture(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line: string) => void lines.push(line) } });
  return { logger, lines };
}

describe('createLogger', () => {
  test('writes one JSON object per line, with a constant message and its fields', () => {
    const { logger, lines } = capture();
    logger.info({ connection: 7, code: 'provider.throttled' }, 'connection set back');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      connection: 7,
      code: 'provider.throttled',
      msg: 'connection set back',
    });
  });

  test('hides secrets and customers’ data at any depth, in children too', () => {
    const { logger, lines } = capture();
    const secret = 'hush-hush';
    logger.child({ refresh_token: secret }).info(
      {
        Authorization: secret,
        headers: { cookie: secret },
        deep: { list: [{ accessToken: secret, 'set-cookie': secret }], customer: { email: secret, phone: secret } },
        body: secret,
      },
      'message',
    );
    expect(lines.join()).not.toContain(secret);
    expect(lines.join()).toContain('[hidden]');
  });

  test('cuts queries off addresses', () => {
    const { logger, lines } = capture();
    logger.info(
      { url: '/api/calendar/google/callback/?code=4/abc&state=xyz', other: 'https://x.test/a?token=abc' },
      'm',
    );
    expect(lines.join()).toContain('/api/calendar/google/callback/?[hidden]');
    expect(lines.join()).not.toMatch(/xyz|abc/);
  });

  test('describes errors without the values that they quote', () => {
    const { logger, lines } = capture();
    const pgError = Object.assign(new Error('invalid input syntax for type uuid: "jane@example.com"'), {
      code: '22P02',
      detail: 'Key (lower(email))=(jane@example.com) already exists.',
      where: 'portal "jane@example.com"',
    });
    logger.error({ err: new Error('failed for jane@example.com', { cause: pgError }) }, 'unexpected error');
    const line = JSON.parse(lines[0] ?? '');
    expect(lines.join()).not.toContain('jane@');
    expect(line.err.stack).toMatch(/^at /);
    expect(line.err.cause).toMatchObject({ code: '22P02', message: 'invalid input syntax for type uuid: "…"' });
  });

  test('survives cycles', () => {
    const { logger, lines } = capture();
    const round: Record<string, unknown> = {};
    round['round'] = round;
    logger.info({ round }, 'message');
    expect(lines).toHaveLength(1);
  });
});
