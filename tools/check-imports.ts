import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import config from '../.dependency-cruiser.mjs';

/* Holds every import to the rules of .dependency-cruiser.mjs. Run by `npm run check`. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src', 'web/src', 'simulator', 'demo', 'test', 'bench', 'tools'];

/** Cruises `folders` below `baseDir` with the project's rules. */
export async function checkImports(baseDir: string, folders: readonly string[]): Promise<ICruiseResult> {
  const { forbidden, options } = config as { forbidden: ICruiseOptions['ruleSet']; options: ICruiseOptions };
  const ruleSet = { forbidden } as NonNullable<ICruiseOptions['ruleSet']>;
  const { output } = await cruise([...folders], { ...options, baseDir, ruleSet, validate: true });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text');
  return output;
}

async function main(): Promise<number> {
  const { summary, modules } = await checkImports(ROOT, FOLDERS);
  for (const { rule, from, to } of summary.violations) {
    process.stderr.write(`${rule.name}: ${from} → ${to}\n    ${ruleComment(rule.name)}\n`);
  }
  // With a TypeScript that it can't use, dependency-cruiser passes while it sees nothing at all.
  const files = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: ROOT }));
  const seen = new Set(modules.map((module) => module.source));
  const unseen = files.filter((file) => !seen.has(file));
  if (unseen.length > 0) process.stderr.write(`not seen by the check: ${unseen.join(', ')}\n`);
  process.stdout.write(`imports: ${files.length} modules, ${summary.violations.length} violations\n`);
  return summary.violations.length > 0 || unseen.length > 0 ? 1 : 0;
}

function ruleComment(name: string): string {
  return config.forbidden.find((rule) => rule.name === name)?.comment ?? '';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
