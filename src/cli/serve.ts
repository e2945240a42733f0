import { fileURLToPath } from 'node:url';
import { startApp, type Parts } from '../app.ts';
import { createLogger } from '../base/loggers.ts';
import { SECOND } from '../base/time.ts';
import { loadConfig } from '../config/load.ts';

/** Where `vite build` puts the web app. */
const WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url));
/** A stop that takes longer than this is given up; whatever is open is found again by its lease at the next start. */
const STOP_WITHIN_MS = 15 * SECOND;

/** Runs parts of the product until SIGINT or SIGTERM. @returns the exit code */
export async function serve(parts: Parts): Promise<number> {
  const { config, secrets } = loadConfig();
  const logger = createLogger({ level: config.logLevel, pretty: process.stdout.isTTY });
  const ended = Promise.withResolvers<number>();
  const app = await startApp({
    ...{ config, secrets, logger, parts },
    webRoot: WEB_ROOT,
    onFatal: (error) => {
      logger.fatal({ err: error }, 'the database has ended');
      ended.resolve(1);
    },
  });
  if (!config.google)
    logger.warn('Google is not set up: connecting answers 503 until its credentials are in the settings');
  if (parts.worker && secrets.smtpUrl === null)
    logger.warn('No mail server is set up: mails are written to the folder outbox in DATA_DIR');
  logger.info({ api: app.apiUrl, web: app.webUrl, worker: parts.worker }, 'ready');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.resolve(0));
  const code = await ended.promise;
  setTimeout(() => process.exit(code || 1), STOP_WITHIN_MS).unref();
  await app.stop();
  logger.info('stopped');
  return code;
}
