import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { licences } from './scripts/licences';
import { simdLines } from './scripts/simd-lines.mjs';

// The core and the browser host also run on plain Node, so everything targets the oldest Node we support.
const target = 'node20.19';

const { note, write } = licences(import.meta.dirname);

export default defineConfig({
  main: {
    plugins: [note(), simdLines(import.meta.dirname)],
    build: {
      outDir: 'out/main',
      target,
      // One file of the table engine's many; its native part stays the package it is.
      externalizeDeps: { exclude: ['@duckdb/node-api'] },
      rolldownOptions: {
        input: {
          main: 'electron/main.ts',
          'browser-host': 'electron/browser-host.ts',
          core: 'core/entry.ts',
          worker: 'core/worker.ts',
          cli: 'core/cli.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        // Optional native helpers of ws: absent on purpose.
        external: ['@duckdb/node-bindings', 'bufferutil', 'utf-8-validate'],
      },
    },
  },
  preload: {
    plugins: [note()],
    build: {
      outDir: 'out/preload',
      target,
      // A sandboxed preload cannot import ES modules: one CommonJS file.
      rolldownOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [vue(), note(), write()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});
