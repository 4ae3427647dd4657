/** What the first page says: the loop, and what this browser can do. */
export const first = {
	title: ['A model writes Python.', 'Your tab runs it.'],
	lede: 'Give it a task. It thinks, acts in code, reads what happened and tries again until it can answer. You see each step, and can stop it at any time.',
	newTask: 'New task',
	task: 'Your task',
	who: 'Who should think?',
	browser: 'What this browser can do',
	allModels: 'All models',
	examples: [
		{ task: 'What is 17 times 23?', note: 'one step, a sum in code', icon: 'calculator' },
		{ task: 'Reverse the word "python"', note: 'one step, on text', icon: 'text' },
		{ task: 'What is the sum of the numbers from 1 to 100?', note: 'one step, a range', icon: 'sum' },
	] as const,
};

export const loop = {
	label:
		'You give a Task. Inside this browser tab the model thinks, acts in code and reads the observation, round and round, until it gives you an Answer.',
	tab: 'this browser tab',
	you: 'you',
	model: 'the model',
	action: 'the action',
	happened: 'what happened',
	quote: ['“Throw a die 10,000', 'times, take the mean.”'],
	code: ['throws = rng.integers(1, 7, 10_000)', 'print(throws.mean())'],
	result: '3.4982',
	errors: ['or a traceback: mistakes come back', 'too, and are mended on the next turn'],
	again: 'round again, until it knows',
};

export const facts = {
	webgpu: ['WebGPU', 'large models run on the GPU'],
	webgpuF16: ['WebGPU, with half precision', 'large models run on the GPU'],
	webgpuSlow: ['WebGPU in software only', 'slower than the CPU engine; models run on the CPU'],
	webgpuNone: ['No WebGPU', 'models run on the CPU; large ones need a browser with WebGPU'],
	isolated: ['Isolated page', 'Stop works at once, even in an endless loop'],
	notIsolated: ['Page not isolated', 'Stop ends Python and its variables; one thread for the model'],
	noNetwork: ['Python has no network of its own', 'refused by the browser; the page fetches what you grant'],
	kept: ['Storage is kept', 'the browser promised not to clear it by itself'],
	mayClear: ['Storage may be cleared', 'when the disk is full'],
	noWorker: ['No service worker', 'the page cannot be opened without a network'],
	askKeep: 'Ask the browser to keep it',
};
