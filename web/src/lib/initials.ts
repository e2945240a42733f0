/** One or two signs that stand for a name: of the first and the last word, and whole ones in every script. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return [first, last].map((word) => firstSign(word ?? '')).join('') || '?';
}

function firstSign(word: string): string {
  const sign = /[\p{L}\p{N}]\p{M}*/u.exec(word)?.[0] ?? '';
  return sign.toLocaleUpperCase();
}
