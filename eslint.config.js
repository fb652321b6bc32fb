import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * The house rule (DESIGN: "Imports"): each folder of core names the folders above it, which it must not import.
 * model <- moments <- fit <- job <- service, cli, entry; data <- job; evaluate and export see model and data; experiments see all of
 * these and are seen by service, cli and the threads' work alone. threads know nothing of what they run.
 */
const aboveAll = ['job', 'service', 'cli'];
const layers = {
  model: ['data', 'moments', 'fit', 'evaluate', 'export', 'experiments'],
  kernels: ['data', 'moments', 'fit', 'evaluate', 'export', 'experiments'],
  moments: ['data', 'fit', 'evaluate', 'export', 'experiments'],
  losses: ['data', 'fit', 'evaluate', 'export', 'experiments'],
  fit: ['data', 'evaluate', 'export', 'experiments'],
  data: ['moments', 'fit', 'evaluate', 'export', 'experiments'],
  evaluate: ['fit', 'export', 'experiments'],
  export: ['fit', 'experiments'],
  threads: ['model', 'kernels', 'data', 'moments', 'fit', 'evaluate', 'export', 'experiments'],
  experiments: [],
};
const outside = ['**/electron/**', '**/renderer/**', 'electron', 'vue', 'pinia', 'echarts'];

const restrict = (files, patterns, allowTypeImports = false) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: patterns.map((group) => ({
          group: [group],
          allowTypeImports,
          message: 'Against the import rule: see docs/architecture.md.',
        })),
      },
    ],
  },
});

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', 'resources/**', 'test-results/**', 'core/kernels/simd/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  { languageOptions: { globals: { ...globals.node } } },
  { files: ['renderer/**', 'test/renderer/**', 'test/e2e/**'], languageOptions: { globals: globals.browser } },
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'vue/multi-word-component-names': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'Program > VariableDeclaration[kind="let"]', message: 'No module-level state.' },
      ],
    },
  },
  {
    files: ['core/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
      ],
    },
  },
  restrict(['core/*.ts'], outside),
  ...Object.entries(layers).map(([folder, above]) =>
    restrict([`core/${folder}/**/*.ts`], [...outside, ...[...above, ...aboveAll].map((name) => `**/${name}/**`)]),
  ),
  restrict(['core/store/**/*.ts'], outside),
  // Renderer and electron know the core by its types; electron also reads protocol.ts at run time.
  restrict(['renderer/**/*.{ts,vue}'], ['**/core/**', '**/electron/**'], true),
  {
    files: ['electron/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [
                '**/core/**',
                '!**/core/protocol',
                '!**/core/channel',
                '!**/core/codec',
                '!**/core/temp-folder',
                '!**/core/error-facts',
                '**/renderer/**',
              ],
              allowTypeImports: true,
              message: 'Electron imports only types, the protocol and its transport from the core.',
            },
          ],
        },
      ],
    },
  },
  // The page's end of the transport.
  {
    files: ['renderer/host/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/core/**', '!**/core/channel', '!**/core/codec', '**/electron/**'],
              allowTypeImports: true,
              message: 'The page imports only types and the transport.',
            },
          ],
        },
      ],
    },
  },
  prettier,
);
