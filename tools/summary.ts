/** What became of one part of the gate. */
export interface Result {
  name: string;
  passed: boolean;
  seconds: number;
}

export function resultLine({ name, passed, seconds }: Result): string {
  return `${passed ? 'passed' : 'FAILED'}  ${name} (${Math.round(seconds)} s)\n`;
}

/**
 * The last words of the gate. What could not run is named, so that nobody takes its absence for success; with `requireAll`
 * the gate has failed then.
 */
export function summarise(
  results: readonly Result[],
  missing: readonly string[],
  requireAll: boolean,
): { text: string; passed: boolean } {
  const failed = results.filter((result) => !result.passed).length;
  const lines = [...results.map(resultLine), ...missing.map((text) => `${text}\n`)].join('');
  const sum = `${results.length - failed} passed, ${failed} failed, ${missing.length} did not run\n`;
  return { text: `\n${lines}${sum}`, passed: failed === 0 && !(requireAll && missing.length > 0) };
}
