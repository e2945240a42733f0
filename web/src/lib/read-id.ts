/** No thing has it, so the server says of it what it says of every id that it does not know. */
export const NO_ID = 0;

/** The id in an address; `NO_ID` for whatever no id looks like. */
export function readId(text: string): number {
  const id = /^[1-9]\d*$/.test(text) ? Number(text) : NO_ID;
  return Number.isSafeInteger(id) ? id : NO_ID;
}
