import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { simdLines } from './scripts/simd-lines.mjs';

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [simdLines(import.meta.dirname)],
        test: {
          name: 'core',
          environment: 'node',
          include: [
            'test/core/**/*.test.ts',
            'test/checks/**/*.test.ts',
            'test/reference/**/*.test.ts',
            'test/scripts/**/*.test.ts',
            'test/electron/**/*.test.ts',
            'test/packaging/**/*.test.ts',
          ],
          testTimeout: 60_000,
        },
      },
      {
        plugins: [vue(), simdLines(import.meta.dirname)],
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['test/renderer/**/*.test.ts'],
        },
      },
    ],
  },
});
