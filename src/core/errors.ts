/**
 * Coded errors. Every failure that a person can meet has a stable snake_case code, one sentence that says
 * what happened, and one that says what to do next. `docs/errors.md` has a heading for each code (tested).
 */

/** What every error code means (`says`) and what the person can do about it (`next`). */
export const ERROR_CATALOGUE = {
	empty_task: {
		says: 'There is no task to run.',
		next: 'Write a task, or take one of the examples.',
	},
	busy: {
		says: 'A run is already at work.',
		next: 'Wait for it, or press Stop first.',
	},
	unknown_model: {
		says: 'The catalogue has no model of that name.',
		next: 'Choose a model from the list on the Models page.',
	},
	model_missing: {
		says: 'The files of this model are not on board.',
		next: 'Run `npm start` again to provision them, or choose another model.',
	},
	model_corrupt: {
		says: 'A file of the model is damaged: its hash is not the expected one.',
		next: 'Delete the model on the Models page and load it again.',
	},
	model_load_failed: {
		says: 'The model could not be loaded.',
		next: 'Try again; if it fails twice, choose a smaller model.',
	},
	model_unreachable: {
		says: 'The model could not be downloaded.',
		next: 'Check the network and try again, or use a model that is on board.',
	},
	model_not_loaded: {
		says: 'No model is loaded.',
		next: 'Choose a model on the Models page.',
	},
	webgpu_unavailable: {
		says: 'This browser gives the page no WebGPU.',
		next: 'Use a model that runs on the CPU, or a browser with WebGPU.',
	},
	shader_f16_missing: {
		says: 'This GPU cannot compute in half precision, which the model needs.',
		next: 'Choose a build of the model for 32-bit floats (f32).',
	},
	device_lost: {
		says: 'The GPU was lost while the model was at work.',
		next: 'Load a smaller model, or the one on the CPU. The run can be continued.',
	},
	out_of_memory: {
		says: 'There is not enough memory for this.',
		next: 'Close other tabs, choose a smaller model, or restart Python.',
	},
	generation_failed: {
		says: 'The model stopped with an error while it was writing.',
		next: 'Press Continue to try the step again, or choose another model.',
	},
	context_overflow: {
		says: 'The task does not fit in the context window of this model.',
		next: 'Shorten the task, or choose a model with a larger context.',
	},
	python_boot_failed: {
		says: 'Python could not be started.',
		next: 'Reload the page; if it fails again, run `npm start` to provision Python anew.',
	},
	python_died: {
		says: 'Python broke in the middle of this action.',
		next: 'What the action did is undone where the state before it could be put back. Do it another way: with less memory, less recursion, without ending the interpreter.',
	},
	checkpoint_gone: {
		says: 'This step can no longer be gone back to: its checkpoint was dropped.',
		next: 'Go back to another step, or run the earlier code again.',
	},
	python_files_missing: {
		says: 'The files of Python are not on board.',
		next: 'Run `npm start` again to provision them.',
	},
	sandbox_failed: {
		says: 'The sandbox for Python could not be opened in this browser.',
		next: 'Use a current Chromium, Edge or Firefox.',
	},
	not_isolated: {
		says: 'The page is not cross-origin isolated, so Python has no instant interrupt.',
		next: 'Reload once; the service worker then adds the headers. Stop works in any case, by restarting Python.',
	},
	package_not_on_board: {
		says: 'This package is not on board, and the package index is not granted.',
		next: 'Allow the package index under Network, or use a package that is on board.',
	},
	package_index_unreachable: {
		says: 'The package index could not be reached.',
		next: 'Check the network, or use packages on board.',
	},
	host_unreachable: {
		says: 'The host could not be reached.',
		next: 'Check the network and the address.',
	},
	cors_blocked: {
		says: 'The host is there, but it does not let web pages read its answer (CORS).',
		next: 'Use an address of the same data that allows web pages, or bring the file in by hand.',
	},
	request_timed_out: {
		says: 'The host did not answer in the time that the code gave it.',
		next: 'Give it more time, or ask for less.',
	},
	insecure_address: {
		says: 'Only https addresses can be reached from the page.',
		next: 'Use the https address of the same host.',
	},
	request_refused: {
		says: 'Python asked for an address that it has no grant for.',
		next: 'Grant the host under Network if you trust it.',
	},
	input_unavailable: {
		says: 'There is nobody at a keyboard to answer `input()`.',
		next: 'Write the value into the code instead of asking for it.',
	},
	input_declined: {
		says: 'The person gave no answer to `input()`.',
		next: 'Go on without it, or write the value into the code.',
	},
	cannot_wait: {
		says: 'This browser cannot hold Python still in the middle of a call.',
		next: 'Use the form that is awaited, such as `await pyfetch(...)`, or a current Chromium or Firefox.',
	},
	hash_mismatch: {
		says: 'A file does not have the hash that its lock names, so it was refused.',
		next: 'Provision it again from another source.',
	},
	file_too_large: {
		says: 'The file is too large: the working directory takes files up to 256 MB.',
		next: 'Take a part of it, or a smaller file.',
	},
	file_unreadable: {
		says: 'A file could not be read.',
		next: 'Look whether it is still there, and try again.',
	},
	file_name_invalid: {
		says: 'A file cannot have this name here.',
		next: 'Give it another name: without a backslash, not that of a folder, and not too long.',
	},
	file_exists: {
		says: 'There is a file of this name already.',
		next: 'Choose another name, or delete the other file first.',
	},
	storage_unavailable: {
		says: 'This browser does not let the page keep data.',
		next: 'Leave private browsing, or export what you want to keep.',
	},
	storage_full: {
		says: 'The storage that the browser allows is used up.',
		next: 'Delete sessions or models, or free disk space.',
	},
	session_unreadable: {
		says: 'A saved session could not be read.',
		next: 'It was left as it is; start a new task.',
	},
	script_invalid: {
		says: 'The script is not a JSON array of assistant messages.',
		next: 'Give a file such as ["<execute>print(1)</execute>", "It is 1."].',
	},
	script_exhausted: {
		says: 'The script has no further message.',
		next: 'Add a message to the script, or end the run earlier.',
	},
	internal: {
		says: 'Something went wrong inside the playground.',
		next: 'Reload the page. What was done so far is kept.',
	},
} as const satisfies Record<string, { says: string; next: string }>;

/** A stable name for a failure; the list is `ERROR_CATALOGUE`. */
export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** An error as plain data: crosses threads, goes into the trajectory and into storage. */
export interface WireError {
	readonly code: ErrorCode;
	/** One sentence for the person; the catalogue's sentence, unless a more exact one was given. */
	readonly message: string;
	/** What to do next. */
	readonly next: string;
	/** The machine's own words, where there are any. */
	readonly detail: string | null;
}

/** A coded failure. `message` is for the person; `detail` is the machine's own words. */
export class PlaygroundError extends Error {
	readonly code: ErrorCode;
	readonly next: string;
	readonly detail: string | null;

	constructor(code: ErrorCode, options: { message?: string; detail?: string | null; cause?: unknown } = {}) {
		super(options.message ?? ERROR_CATALOGUE[code].says, { cause: options.cause });
		this.name = 'PlaygroundError';
		this.code = code;
		this.next = ERROR_CATALOGUE[code].next;
		this.detail = options.detail ?? null;
	}

	/** The error as plain data. */
	toWire(): WireError {
		return { code: this.code, message: this.message, next: this.next, detail: this.detail };
	}

	/** Revives what `toWire` made. */
	static fromWire(wire: WireError): PlaygroundError {
		return new PlaygroundError(wire.code, { message: wire.message, detail: wire.detail });
	}

	/** Any thrown value as a coded error; one that has no code gets `fallback` and keeps its words in `detail`. */
	static from(thrown: unknown, fallback: ErrorCode): PlaygroundError {
		if (thrown instanceof PlaygroundError) return thrown;
		const detail = thrown instanceof Error ? thrown.message : String(thrown);
		return new PlaygroundError(fallback, { detail, cause: thrown });
	}
}
