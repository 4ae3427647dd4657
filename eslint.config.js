import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
	{ ignores: ['dist', 'public', 'node_modules', '.cache', 'test-results', 'models'] },
	js.configs.recommended,
	...ts.configs.strict,
	...ts.configs.stylistic,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		rules: {
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'no-console': 'error',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
	},
	{ files: ['src/**', 'tests/browser/**', 'tests/contracts/**'], languageOptions: { globals: globals.browser } },
	{ files: ['workers/**'], languageOptions: { globals: globals.worker } },
	{
		files: [
			'scripts/**',
			'tests/unit/**',
			'tests/e2e/**',
			'tests/browsers/**',
			'tests/bench/**',
			'*.js',
			'*.ts',
			'*.cjs',
		],
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		rules: { 'no-console': 'off', '@typescript-eslint/no-require-imports': 'off' },
	},
);
