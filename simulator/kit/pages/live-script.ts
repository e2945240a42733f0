/**
 * Keeps the week in step without reloading: asks for the same page every two seconds while it is visible and
 * replaces the week when it differs. The panel with its form is never touched.
 */
export const LIVE_SCRIPT = `
'use strict';
const PAUSE_MS = 2000;

async function refresh() {
  if (document.visibilityState !== 'visible') return;
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('week');
  const shown = document.getElementById('week');
  if (!fresh || !shown || fresh.innerHTML === shown.innerHTML) return;
  const focused = shown.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  shown.replaceChildren(...fresh.childNodes);
  if (focused) [...shown.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus();
}

async function loop() {
  await refresh().catch(() => undefined);
  setTimeout(loop, PAUSE_MS);
}

setTimeout(loop, PAUSE_MS);
`;
