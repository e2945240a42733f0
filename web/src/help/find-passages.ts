/** A part of a help page, as the built index has it. */
export interface Passage {
  href: string;
  /** Title of its page. */
  page: string;
  /** `null`: the beginning of the page. */
  heading: string | null;
  text: string;
  /** What else people may type who look for the page; at its beginning alone. */
  words?: string;
  /** Lists for who builds on us: they come after everything else. */
  reference?: boolean;
}

/** More than that nobody reads through. */
const MOST = 8;

/** Say nothing of what is looked for: “my event is not showing” looks for events and for what shows. */
const SMALL = new Set(
  'a am an and are at be can cant did do does doesnt dont for from has have how i in is isnt it me my no not of on our that the there this to up us was we what where why with wont you your'.split(
    ' ',
  ),
);

/** The passages that have all the words but small ones, or beginnings or plurals of them, the best first. */
export function findPassages(passages: readonly Passage[], typed: string): Passage[] {
  const all = wordsOf(typed);
  if (all.length === 0) return [];
  const large = all.filter((word) => !SMALL.has(word));
  const words = large.length === 0 ? all : large;
  const phrase = all.join(' ');
  return passages
    .map((passage) => ({ passage, score: scoreOf(passage, words, phrase) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => rank(a.passage) - rank(b.passage) || b.score - a.score)
    .slice(0, MOST)
    .map(({ passage }) => passage);
}

function rank({ reference }: Passage): number {
  return reference ? 1 : 0;
}

/** A word in a heading says more of a passage than one in its text, and words in a row more than words here and there; 0: one is missing. */
function scoreOf(passage: Passage, words: readonly string[], phrase: string): number {
  const { page, heading, text } = passage;
  const titles = wordsOf(`${heading ?? page} ${passage.words ?? ''}`);
  const rest = wordsOf(`${page} ${text}`);
  const begins = (all: readonly string[], word: string): boolean =>
    all.some((one) => one.startsWith(word) || `${one}s` === word);
  const inTitle = heading === null ? 12 : 10;
  const scores = words.map((word) => (begins(titles, word) ? inTitle : begins(rest, word) ? 1 : 0));
  if (scores.includes(0)) return 0;
  const inARow = phrase.includes(' ') && rest.join(' ').includes(phrase) ? 5 : 0;
  return scores.reduce((sum, score) => sum + score, inARow);
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize('NFKD')
      .replaceAll(/\p{M}|['’]/gu, '')
      .match(/[\p{L}\p{N}_]+/gu) ?? []
  );
}
