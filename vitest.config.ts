import { defineConfig } from 'vitest/config';

// `unit` lies beside its subject and needs nothing but Node; `whole` starts real databases, servers and processes;
// `browser` and `kill` drive the running product, the one as people do, the other as accidents do.
// Files share their processes: loading the program and compiling the database for each anew would take most of the time.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          isolate: false,
          // Seldom needs a hundredth of it, but for a machine that does ten other things.
          testTimeout: 60_000,
          include: [
            'src/**/*.test.ts',
            'simulator/**/*.test.ts',
            'web/src/**/*.test.ts',
            'web/help/**/*.test.ts',
            'tools/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'whole',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/kill/**'],
          globalSetup: ['test/support/global-setup.ts'],
          // Generous: opening a database takes a second, and a minute on two cores that do ten other things.
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          // Each file has a browser, a product and a simulator of its own: enough for one file at a time.
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'kill',
          include: ['test/kill/**/*.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
