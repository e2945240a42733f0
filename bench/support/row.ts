/** How a bench is run. */
export interface Bench {
  /** One round and smaller sizes, for a look at where things are; its figures are no evidence. */
  quick: boolean;
  rounds: number;
  /** Tells what is being done. */
  say: (text: string) => void;
}

/** What is to be reached; `null`: nothing but to be told. */
export type Goal = { atLeast: number } | { atMost: number } | null;

/** One line of the table. */
export interface Row {
  name: string;
  goal: Goal;
  value: number;
  /** The same side measured twice and divided: how far from 1 chance alone goes. `null` where nothing is divided. */
  control: number | null;
  /** Of value and goal; absent for ratios. */
  unit?: string;
  /** The figures behind the ratio. */
  note: string;
}

export function isMet({ goal, value }: Row): boolean {
  if (goal === null) return true;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}
