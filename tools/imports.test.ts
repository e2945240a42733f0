import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config from '../.dependency-cruiser.mjs';
import { checkImports } from './check-imports.ts';

/** For each rule a module that breaks it: path → what it imports. */
const OFFENDERS: Record<string, { file: string; imports: string }> = {
  'no-circular': { file: 'src/base/a.ts', imports: './b.ts' },
  'no-unresolvable': { file: 'src/base/lost.ts', imports: './nowhere.ts' },
  'domain-is-pure': { file: 'src/domain/clock.ts', imports: 'node:os' },
  'base-imports-only-itself': { file: 'src/base/reach.ts', imports: '../domain/appointment.ts' },
  'zones-imports-only-itself': { file: 'src/zones/reach.ts', imports: '../domain/appointment.ts' },
  'sync-imports-only-domain': { file: 'src/sync/reach.ts', imports: '../store/users.ts' },
  'providers-imports-only-sync-and-domain-and-zones': {
    file: 'src/providers/kit/reach.ts',
    imports: '../../store/users.ts',
  },
  'db-imports-only-itself': { file: 'src/db/reach.ts', imports: '../domain/appointment.ts' },
  'jobs-imports-only-db': { file: 'src/jobs/reach.ts', imports: '../store/users.ts' },
  'store-imports-only-db-and-sync-and-domain': { file: 'src/store/reach.ts', imports: '../zones/zones.ts' },
  'use-cases-imports-only-domain-and-sync-and-store-and-jobs-and-db-and-zones': {
    file: 'src/use-cases/reach.ts',
    imports: '../providers/google/provider.ts',
  },
  'mail-imports-only-db-and-store-and-sync-and-domain-and-zones-and-use-cases': {
    file: 'src/mail/reach.ts',
    imports: '../providers/google/provider.ts',
  },
  'config-imports-only-itself': { file: 'src/config/reach.ts', imports: '../domain/appointment.ts' },
  'api-contract-imports-only-itself': { file: 'src/api-contract/reach.ts', imports: '../domain/appointment.ts' },
  'contract-needs-only-zod': { file: 'src/api-contract/heavy.ts', imports: 'pg' },
  'providers-do-not-know-each-other': { file: 'src/providers/google/reach.ts', imports: '../microsoft/provider.ts' },
  'provider-kit-knows-no-provider': { file: 'src/providers/kit/special.ts', imports: '../google/provider.ts' },
  'nothing-imports-the-doors': { file: 'src/sync/door.ts', imports: '../http/server.ts' },
  'only-the-doors-know-the-app': { file: 'src/use-cases/app-reach.ts', imports: '../app.ts' },
  'http-does-not-reach-around-the-app': { file: 'src/http/reach.ts', imports: '../store/users.ts' },
  'web-imports-contract-only': { file: 'web/src/lib/reach.ts', imports: '../../../src/domain/appointment.ts' },
  'features-do-not-know-each-other': { file: 'web/src/features/a/reach.ts', imports: '../b/other.ts' },
  'shared-web-code-knows-no-feature': { file: 'web/src/components/reach.ts', imports: '../features/b/other.ts' },
  'simulator-is-independent': { file: 'simulator/reach.ts', imports: '../src/domain/appointment.ts' },
  'simulators-do-not-know-each-other': { file: 'simulator/kit/reach.ts', imports: '../google/server.ts' },
  'demo-uses-the-product-from-outside': { file: 'demo/reach.ts', imports: '../src/domain/appointment.ts' },
  'shipped-code-imports-no-test-code': { file: 'src/use-cases/tested.ts', imports: '../../test/support.ts' },
  'nothing-imports-the-bench': { file: 'test/measured.ts', imports: '../bench/row.ts' },
  'bench-brings-its-peers': { file: 'src/use-cases/peer.ts', imports: '@googleapis/calendar' },
  'database-driver-only-in-db': { file: 'src/use-cases/driver.ts', imports: 'pg' },
  'http-framework-only-in-http': { file: 'src/use-cases/framework.ts', imports: 'fastify' },
  'react-only-in-web': { file: 'src/use-cases/page.ts', imports: 'react' },
};

/** What the offenders import. */
const INNOCENT = [
  'src/domain/appointment.ts',
  'src/store/users.ts',
  'src/zones/zones.ts',
  'src/providers/google/provider.ts',
  'src/providers/microsoft/provider.ts',
  'src/http/server.ts',
  'src/app.ts',
  'simulator/google/server.ts',
  'web/src/features/b/other.ts',
  'test/support.ts',
  'bench/row.ts',
];

let root: string;
let broken: Set<string>;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'imports-'));
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  for (const file of INNOCENT) write(file, 'export const thing = 1;\n');
  write('src/base/b.ts', "export * from './a.ts';\n");
  for (const { file, imports } of Object.values(OFFENDERS)) write(file, `export * from '${imports}';\n`);
  write('tsconfig.json', '{ "compilerOptions": { "module": "nodenext" } }');
  for (const name of ['pg', 'fastify', 'react', '@googleapis/calendar']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'exports.thing = 1;\n');
  }
  const typescript = new URL('../node_modules/typescript', import.meta.url).pathname;
  symlinkSync(typescript, path.join(root, 'node_modules/typescript'));
  const { summary } = await checkImports(root, ['src', 'web/src', 'simulator', 'demo', 'test', 'bench']);
  broken = new Set(summary.violations.map((violation) => `${violation.rule.name} by ${violation.from}`));
}, 60_000);

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the import rules', () => {
  it.each(config.forbidden.map((rule) => rule.name))('%s fails when it is broken', (name) => {
    expect(broken).toContain(`${name} by ${OFFENDERS[name]?.file ?? 'nobody: add an offender'}`);
  });

  it('leave the innocent alone', () => {
    for (const file of INNOCENT) expect([...broken].filter((line) => line.endsWith(` by ${file}`))).toEqual([]);
  });
});
