import type { FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList } from 'node:net';
import type { Registry } from 'prom-client';
import { BusinessError, forbidden } from '../../../domain/errors.ts';
import type { App } from '../../route.ts';

/** `GET /metrics`: for Prometheus. With a token for whoever has it, without one for this machine only. */
export function metricsRoute(app: App, registry: Registry, token: string | null): void {
  app.get('/metrics', {
    config: { access: 'public' },
    schema: {
      summary: 'Measurements in the form of Prometheus',
      description: 'Needs `Authorization: Bearer <METRICS_TOKEN>`; without METRICS_TOKEN it answers this machine only.',
      tags: ['Operation'],
    },
    handler: async (request, reply) => {
      checkReader(request, token);
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  });
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

function checkReader(request: FastifyRequest, token: string | null): void {
  if (token === null) {
    // A proxy on this machine is loopback too, whomever it asks for.
    const forwarded = request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined;
    if (!forwarded && isLoopback(request.socket.remoteAddress ?? '')) return;
    throw forbidden(
      'Without METRICS_TOKEN, measurements are shown on this machine only. Set it, and send it as Bearer token.',
    );
  }
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (timingSafeEqual(digest(given), digest(token))) return;
  throw new BusinessError('unauthenticated', 'invalid_token', 'Send Authorization: Bearer <METRICS_TOKEN>.');
}

function isLoopback(address: string): boolean {
  return LOOPBACK.check(address) || LOOPBACK.check(address, 'ipv6');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
