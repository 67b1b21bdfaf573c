import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** What comes by itself is waited for, on a busy machine too; vitest gives up after one second. */
const patient = { poll: { timeout: 15_000 } };
/** Suites that compute share the processors; left to itself, vitest keeps one processor free, half of two. */
const computing = { maxWorkers: availableParallelism(), sequence: { groupOrder: 0 } };
/** Suites that start processes and look at the clock come afterwards, one file at a time. */
const timing = { maxWorkers: 1, sequence: { groupOrder: 1 } };

// Suites that use the addon or whole processes are given time for a busy machine; none of them waits for it.
const node = (name: string) => ({
  test: {
    name,
    ...(name === 'main' || name === 'worker' ? timing : computing),
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: patient,
  },
});

export default defineConfig({
  test: {
    projects: [
      node('shared'),
      node('native'),
      node('engine'),
      node('worker'),
      node('main'),
      {
        plugins: [svelte({ configFile: false })],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'renderer',
          ...computing,
          include: ['test/renderer/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'app',
          include: ['test/app/**/*.test.ts'],
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 60_000,
          // Each journey starts an app and a browser of its own; two at a time would only slow each other down.
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          expect: patient,
        },
      },
    ],
  },
});
