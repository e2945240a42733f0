/** A part of a help page, as the built index has it. */
export interface Passage {
  href: string;
  /** Title of its page. */
  page: string;
  /** `null`: the beginning of the page. */
  heading: string | null;
  text: string;
}

/** More than that nobody reads through. */
const MOST = 8;

/** The passages that have all the words, or beginnings of them, the best first. */
export function findPassages(passages: readonly Passage[], typed: string): Passage[] {
  const words = wordsOf(typed);
  if (words.length === 0) return [];
  const phrase = words.join(' ');
  return passages
    .map((passage) => ({ passage, score: scoreOf(passage, words, phrase) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ passage }) => passage);
}

/** A word in a heading says more of a passage than one in its text, and words in a row more than words here and there; 0: one is missing. */
function scoreOf({ page, heading, text }: Passage, words: readonly string[], phrase: string): number {
  const titles = wordsOf(heading ?? page);
  const rest = wordsOf(`${page} ${text}`);
  const begins = (all: readonly string[], word: string): boolean => all.some((one) => one.startsWith(word));
  const inTitle = heading === null ? 12 : 10;
  const scores = words.map((word) => (begins(titles, word) ? inTitle : begins(rest, word) ? 1 : 0));
  if (scores.includes(0)) return 0;
  const inARow = words.length > 1 && rest.join(' ').includes(phrase) ? 5 : 0;
  return scores.reduce((sum, score) => sum + score, inARow);
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .match(/[\p{L}\p{N}_]+/gu) ?? []
  );
}
