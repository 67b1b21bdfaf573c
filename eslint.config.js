import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

const typed = ['src/**/*.ts', 'test/**/*.ts'];
const components = ['src/**/*.svelte', 'src/**/*.svelte.ts'];

export default defineConfig(
  globalIgnores([
    'node_modules/',
    'out/',
    'build/',
    'dist/',
    'test-results/',
    'native/',
    'python/',
    'samples/',
    'docs/',
  ]),
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['scripts/**/*.mjs', '*.{js,cjs}'], languageOptions: { globals: globals.node } },
  {
    files: [...typed, ...components],
    extends: [ts.configs.recommendedTypeChecked],
    // The same for all files: a change of extensions between two files would load every project again.
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowArray: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/require-await': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
    },
  },
  { files: ['src/main/**', 'test/**'], rules: { 'no-console': 'off' } },
  // Tests take methods from objects that are interfaces over closures.
  { files: ['test/**'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  {
    files: ['src/engine/**', 'src/worker/**', 'test/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Results must be repeatable: use a seeded generator.' },
      ],
    },
  },
  {
    files: components,
    extends: [svelte.configs.recommended],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], projectService: true },
    },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      // Most maps and sets here are plain bookkeeping that nothing renders.
      'svelte/prefer-svelte-reactivity': 'off',
      // Type-aware rules see component props and snippets as error types; svelte-check is the judge there.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
    },
  },
);
