/**
 * One `Idempotency-Key` for one thing that a person wants: pressing the button again after a lost answer sends the same
 * key, so that nothing is made twice; a changed form is another wish and gets another key.
 */
export function createIntent(): (wish: unknown) => string {
  let last: { wish: string; key: string } | null = null;
  return (wish) => {
    const text = JSON.stringify(wish);
    if (last?.wish !== text) last = { wish: text, key: randomKey() };
    return last.key;
  };
}

/** 128 random bits; `crypto.randomUUID` is missing on plain http beyond localhost. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
