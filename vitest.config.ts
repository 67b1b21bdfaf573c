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

/** Journeys that hold the app to seconds: nothing runs beside them. */
const clock = 'test/app/survival.test.ts';
const inElectron = process.env['EIGENSCOPE_TEST_WINDOW'] === 'electron';

const journeys = (
  name: string,
  include: string[],
  { order, ...options }: { exclude: string[]; maxWorkers: number; order: number },
) => ({
  test: {
    name,
    ...options,
    include,
    environment: 'node',
    testTimeout: 180_000,
    hookTimeout: 60_000,
    sequence: { groupOrder: order },
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
      // Two journeys at a time, each with an app and a browser of its own: they wait for each other's pages no longer
      // than for their own. Windows of Electron share the clipboard and the focus of one desktop.
      journeys('app', ['test/app/**/*.test.ts'], { exclude: [clock], maxWorkers: inElectron ? 1 : 2, order: 2 }),
      journeys('app by the clock', [clock], { exclude: [], maxWorkers: 1, order: 3 }),
    ],
  },
});
