/** How an event looks: light inside, strong at its edge; dark text is readable on all of them. */
export interface EventColour {
  fill: string;
  edge: string;
}

const STANDARD: EventColour = { fill: '#cfe4fa', edge: '#0f5ea8' };
const COLOURS: EventColour[] = [
  { fill: '#d7f0d9', edge: '#2b7a3a' },
  { fill: '#fde3cf', edge: '#b4540a' },
  { fill: '#e7dcf8', edge: '#6b3fa0' },
  { fill: '#cfeff0', edge: '#0e7078' },
  { fill: '#fbd7d7', edge: '#b3261e' },
  { fill: '#fdf3c4', edge: '#8a6d00' },
];

/** The colour of a category: Outlook keeps a list by name, here a name always has the same one. */
export function categoryColour(category: string | undefined): EventColour {
  if (category === undefined) return STANDARD;
  const sum = [...category].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 997, 0);
  return COLOURS[sum % COLOURS.length] ?? STANDARD;
}
