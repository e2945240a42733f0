import { globSync, readFileSync } from 'node:fs';

/** With fewer letters than these a pattern with gaps would match anything. */
const FEWEST_LETTERS = 5;

/**
 * All texts that the web app, events and mails may show, as patterns: where a name or a number is filled in, anything may
 * stand. Read from the sources: string literals, templates, and text between tags.
 */
export function webTexts(root: string): RegExp[] {
  const files = globSync(['web/src/**/*.{ts,tsx}', 'src/{domain,mail}/**/*.ts'], {
    cwd: root,
    exclude: ['**/*.test.ts', '**/*.fixture.ts', 'web/src/messages/de/**', 'src/mail/words/de.ts'],
  });
  const texts = files.flatMap((file) => textsOf(readFileSync(`${root}/${file}`, 'utf8')));
  return [...new Set(texts)].flatMap((text) => patternOf(text) ?? []);
}

const LITERAL = /'((?:[^'\\\n]|\\.)+)'|"((?:[^"\\\n]|\\.)+)"|`((?:[^`\\]|\\.)+)`/g;
const BETWEEN_TAGS = />([^<>{}=;]*(?:\{[^{}]+\}[^<>{}=;]*)*)</g;

function textsOf(source: string): string[] {
  // One after the other: an expression between tags may hold literals.
  const found = [LITERAL, BETWEEN_TAGS].flatMap((pattern) => [...source.replaceAll("{' '}", ' ').matchAll(pattern)]);
  const texts = found.map((match) => match.slice(1).find((part) => part !== undefined) ?? '');
  return texts.flatMap(branchesOf).map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** Of `{count, plural, one {One event} other {# events}}` each branch is a text of its own; so is each part beside a tag. */
function branchesOf(text: string): string[] {
  const branches = [...text.matchAll(/(?:one|other|=\d+|\w+) \{([^{}]*(?:\{\w+\}[^{}]*)*)\}/g)].map(
    ([, branch = '']) => branch,
  );
  const parts = text.split(/<\/?\w+>/);
  return [text, ...branches, ...(parts.length > 1 ? [parts.join(''), ...parts] : [])];
}

function patternOf(text: string): RegExp | null {
  const pieces = text.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}|\{[^{}]+\}|#(?=\s)/);
  const letters = pieces.join('').match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0 || (pieces.length > 1 && letters < FEWEST_LETTERS)) return null;
  return new RegExp(`^${pieces.map((piece) => RegExp.escape(piece)).join('.+')}$`);
}
