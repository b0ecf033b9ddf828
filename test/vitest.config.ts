/** The test runner's settings. The built program is what the command tests run, so the build comes first. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**'],
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/property-runs.ts'],
    // Many tests run the built program, on machines that are shared: what hangs still ends, and what is slow may be.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
