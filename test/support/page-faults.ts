import type { Page } from 'playwright-core';

/** Aborted by the page itself when it goes elsewhere or no longer needs the answer. */
const ABORTED = 'net::ERR_ABORTED';

/**
 * Tells of everything that goes wrong on pages of `origin` without a person seeing it. Chromium reports breaches of the
 * content security policy and answers of 400 and above on the console, too.
 */
export function watchPage(page: Page, origin: string, tell: (fault: string) => void): void {
  const isOurs = (): boolean => page.url().startsWith(`${origin}/`);
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (isOurs()) tell(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => {
    if (isOurs()) tell(`script: ${error.message}`);
  });
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    if (isOurs() && why !== ABORTED) tell(`request: ${request.method()} ${request.url()} ${why}`);
  });
}
