/** The arrows of import, as sentences (docs/architecture.md). */
module.exports = {
	forbidden: [
		{
			name: 'no-circles',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{
			name: 'the-core-knows-nobody',
			comment: 'The agent is pure: no adapter, no worker, no view, no package.',
			severity: 'error',
			from: { path: '^src/core' },
			to: { pathNot: '^src/core' },
		},
		{
			name: 'adapters-know-core-and-contracts',
			severity: 'error',
			from: { path: '^src/adapters' },
			to: {
				path: '^(src/(ui|state|lab)|workers/(?!contracts|sandbox/frame|python\\.worker|fetch\\.worker|probe\\.worker|model\\.worker))',
			},
		},
		{
			name: 'state-knows-no-adapter',
			comment: 'Only main.ts constructs adapters; state works on ports (types of adapters are fine).',
			severity: 'error',
			from: { path: '^src/state' },
			to: { path: '^src/(ui|adapters)', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'ui-knows-state-and-core',
			severity: 'error',
			from: { path: '^src/ui' },
			to: { path: '^src/adapters', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'workers-know-core',
			severity: 'error',
			from: { path: '^workers' },
			to: { path: '^src/(?!core)' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.page.json' },
		enhancedResolveOptions: {
			extensions: ['.ts', '.svelte', '.js', '.mjs'],
			conditionNames: ['import', 'svelte', 'default'],
		},
	},
};
