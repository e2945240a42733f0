import { defineConfig } from 'vitest/config';

// `unit` lies beside its subject and needs nothing but Node; `whole` starts real databases, servers and processes.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'simulator/**/*.test.ts', 'web/src/**/*.test.ts', 'tools/**/*.test.ts'],
        },
      },
      { test: { name: 'whole', include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
    ],
  },
});
