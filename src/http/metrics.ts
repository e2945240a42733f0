import { Histogram, type Registry } from 'prom-client';
import { SECOND } from '../base/time.ts';
import type { App } from './route.ts';

/** Around the promises of the design: most answers within 50 ms, sign-ins within 500 ms. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Counts and times requests by route, method and status; never by address or person. */
export function measureRequests(app: App, registry: Registry): void {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    if (request.routeOptions.config.endless === true && reply.statusCode === 200) return;
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / SECOND);
  });
}
