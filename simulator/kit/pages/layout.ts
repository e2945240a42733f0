import type { Answer } from '../delivery.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** A whole page as an answer. */
export function page(
  title: string,
  content: Html,
  options: { status?: number; wide?: boolean; script?: string } = {},
): Answer {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/simulator.css" />
      </head>
      <body class="${options.wide ? 'wide' : 'narrow'}">
        ${content} ${options.script ? html`<script src="${options.script}" defer></script>` : null}
      </body>
    </html>`;
  return {
    status: options.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      // No form-action: after Allow the form's answer leads back to the app, which browsers would hold against it.
      'content-security-policy':
        "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
    },
    body: document.text,
  };
}

/** Sends the browser elsewhere. */
export function redirect(location: string): Answer {
  return { status: 302, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

/** Sends the browser to a page after a form was carried out. */
export function seeOther(location: string): Answer {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
}

/** The coloured circle with a person's first letter. */
export function avatar(name: string, email: string): Html {
  const hue = [...email].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 8, 0);
  return html`<span class="avatar hue-${hue}" aria-hidden="true">${[...name][0] ?? '?'}</span>`;
}
