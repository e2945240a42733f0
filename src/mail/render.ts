import type { Language } from '../domain/user.ts';
import { oneLine, type LetterText } from './letter.ts';

/** What a letter says, in paragraphs of plain text; both of its forms are made from it, so that they say the same. */
export interface LetterContent {
  language: Language;
  subject: string;
  greeting: string;
  paragraphs: string[];
  /** Things of a kind, each with a heading and what is to be said of it. */
  entries?: readonly LetterEntry[];
  /** The one thing to do, if there is one. */
  action: { label: string; url: string } | null;
  /** Why the person gets this. */
  footnote: string;
  signature: string;
  /** Where the person switches off mails of this kind; `null`: nobody can do without them. */
  unsubscribe: { label: string; url: string } | null;
}

export interface LetterEntry {
  heading: string;
  lines: readonly string[];
}

/** Makes plain text and HTML. Whatever is in the content can neither break a line nor become markup. */
export function renderLetter(content: LetterContent): LetterText {
  const tidied = tidy(content);
  const { subject, greeting, paragraphs, entries, action, footnote, signature, unsubscribe } = tidied;
  const listed = entries.map(({ heading, lines }) => [heading, ...lines].join('\n'));
  const foot = ['--', footnote, ...(unsubscribe ? [`${unsubscribe.label}: ${unsubscribe.url}`] : [])].join('\n');
  const toDo = action === null ? [] : [`${action.label}:\n${action.url}`];
  const parts = [greeting, ...paragraphs, ...listed, ...toDo, signature, foot];
  return { subject, text: `${parts.join('\n\n')}\n`, html: page(tidied) };
}

function tidy(content: LetterContent): Required<LetterContent> {
  const { language, subject, greeting, paragraphs, entries = [], action, footnote, signature, unsubscribe } = content;
  return {
    language,
    subject: oneLine(subject),
    greeting: oneLine(greeting),
    paragraphs: paragraphs.map(oneLine),
    entries: entries.map(({ heading, lines }) => ({ heading: oneLine(heading), lines: lines.map(oneLine) })),
    action: action && { label: oneLine(action.label), url: oneLine(action.url) },
    unsubscribe: unsubscribe && { label: oneLine(unsubscribe.label), url: oneLine(unsubscribe.url) },
    footnote: oneLine(footnote),
    signature: oneLine(signature),
  };
}

const BODY = 'margin:0;padding:24px;background:#ffffff;color:#1f2937;font:16px/1.5 system-ui,sans-serif';
const BUTTON =
  'display:inline-block;padding:10px 18px;border-radius:6px;background:#1d4ed8;color:#ffffff;text-decoration:none';
const SMALL = 'color:#4b5563;font-size:14px';

/** Styles stand on the elements, since many mail programs drop style sheets. */
function page(content: Required<LetterContent>): string {
  const { language, subject, greeting, paragraphs, entries, action, footnote, signature, unsubscribe } = content;
  const said = [...[greeting, ...paragraphs].map((line) => `<p>${escapeHtml(line)}</p>`), ...entries.map(entry)].join(
    '\n',
  );
  const off = unsubscribe
    ? ` <a href="${escapeHtml(unsubscribe.url)}" style="${SMALL}">${escapeHtml(unsubscribe.label)}</a>`
    : '';
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="${BODY}">
<div style="max-width:560px">
${said}${action === null ? '' : button(action)}
<p>${escapeHtml(signature)}</p>
<p style="${SMALL}">${escapeHtml(footnote)}${off}</p>
</div>
</body>
</html>
`;
}

function button(action: { label: string; url: string }): string {
  const url = escapeHtml(action.url);
  return `
<p><a href="${url}" style="${BUTTON}">${escapeHtml(action.label)}</a></p>
<p style="${SMALL}">${url}</p>`;
}

function entry({ heading, lines }: LetterEntry): string {
  return `<p>${[`<strong>${escapeHtml(heading)}</strong>`, ...lines.map(escapeHtml)].join('<br>')}</p>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
