import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { buildPython } from './scripts/build-python.mjs';

const at = (path: string) => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    plugins: [{ name: 'python', closeBundle: () => buildPython(import.meta.dirname) }],
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rollupOptions: {
        input: {
          index: at('src/main/index.ts'),
          browser: at('src/main/browser.ts'),
          worker: at('src/worker/index.ts'),
          crunch: at('src/worker/crunch.ts'),
          cli: at('src/worker/cli.ts'),
          script: at('src/worker/python/script.ts'),
          drawing: at('src/worker/python/drawing-thread.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [svelte()],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      sourcemap: false,
      minify: true,
      modulePreload: { polyfill: false },
      // The Content-Security-Policy has no data: fonts.
      assetsInlineLimit: 0,
      rollupOptions: { input: at('src/renderer/index.html') },
    },
  },
});
