import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// Suites that use the addon or whole processes are given time for a busy machine; none of them waits for it.
const node = (name: string) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Times within which a process must be back are asked twice on a shared machine.
    retry: process.env.CI && (name === 'main' || name === 'worker') ? 1 : 0,
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
        test: { name: 'renderer', include: ['test/renderer/**/*.test.ts'], environment: 'node', testTimeout: 30_000 },
      },
      {
        test: {
          name: 'app',
          include: ['test/app/**/*.test.ts'],
          environment: 'node',
          testTimeout: 90_000,
          hookTimeout: 60_000,
          // Each journey starts an app and a browser of its own; two at a time would only slow each other down.
          fileParallelism: false,
          // On a shared machine a browser may lose seconds to its neighbours; what fails twice is a fault.
          retry: process.env.CI ? 1 : 0,
        },
      },
    ],
  },
});
