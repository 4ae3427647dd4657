#!/usr/bin/env node
/**
 * `npm run task -- "What is 17 times 23?"`: runs the real built app in a headless browser and prints each step as it
 * happens. With `--json` stdout holds the trajectory and nothing else. Exit status: 0 answered, 1 not answered,
 * 2 the call's own words are off.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { prepare } from './setup.mjs';
import { serve } from './serve.mjs';
import { openApp } from './task/app.mjs';
import { describe } from './task/describe.mjs';
import { readInputs, writeOutputs } from './task/files.mjs';

const USAGE = `npm run task -- "TASK" [options]

  --json             print only the trajectory on stdout (progress goes to stderr)
  --script FILE      play a JSON array of assistant messages instead of a model
  --model ID         smollm2-135m (default), smollm2-135m-webgpu, or any id of the catalogue
  --max-steps N      pause after N steps
  --timeout S        pause after S seconds
  --browser NAME     chromium (default) or firefox
  --allow packages   let micropip ask the package index
  --allow host:NAME  let Python reach that host; --allow may be repeated
  --input LINE       answers input(); repeat it for each line
  --file FILE        puts it into Python's working directory; repeat it for each file
  --out FOLDER       writes the files that the run made there
  --help             this page`;

/** Ends with status 2 and the usage. @param {string} message @returns {never} */
function usage(message) {
	console.error(`${message}\n\n${USAGE}`);
	process.exit(2);
}

/** A whole number above 0 out of an option. @param {string | undefined} text @param {string} option */
function positive(text, option) {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (!Number.isInteger(value) || value <= 0) usage(`${option} takes a whole number above 0, not "${text}"`);
	return value;
}

/** The command line as options. */
async function readCall() {
	/** @type {ReturnType<typeof parse>} */
	let call;
	const parse = () =>
		parseArgs({
			allowPositionals: true,
			options: {
				json: { type: 'boolean', default: false },
				script: { type: 'string' },
				model: { type: 'string' },
				'max-steps': { type: 'string' },
				timeout: { type: 'string' },
				browser: { type: 'string', default: 'chromium' },
				allow: { type: 'string', multiple: true },
				input: { type: 'string', multiple: true },
				file: { type: 'string', multiple: true },
				out: { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		});
	try {
		call = parse();
	} catch (error) {
		usage(error instanceof Error ? error.message : String(error));
	}
	const { values, positionals } = call;
	if (values.help) {
		console.log(USAGE);
		process.exit(0);
	}
	if (positionals.length !== 1) usage(positionals.length === 0 ? 'Give a task in quotes.' : 'Put the task in quotes.');
	const task = positionals[0] ?? '';
	if (task.trim() === '') usage('empty_task: There is no task to run.');
	if (values.browser !== 'chromium' && values.browser !== 'firefox') usage('--browser takes chromium or firefox');
	const allowed = values.allow ?? [];
	if (allowed.some((grant) => grant !== 'packages' && !/^host:[^\s/]+$/.test(grant))) {
		usage('--allow takes packages or host:NAME');
	}
	if (values.script !== undefined && values.model !== undefined)
		usage('--script plays instead of a model: leave out --model');
	const timeout = positive(values.timeout, '--timeout');
	return {
		task,
		json: values.json,
		out: values.out,
		browser: /** @type {'chromium' | 'firefox'} */ (values.browser),
		options: {
			task,
			model: values.script === undefined ? (values.model ?? 'smollm2-135m') : undefined,
			script: values.script === undefined ? undefined : await readScript(values.script),
			maxSteps: positive(values['max-steps'], '--max-steps'),
			timeoutMs: timeout === undefined ? undefined : timeout * 1000,
			allowPackages: allowed.includes('packages'),
			allowHosts: allowed.filter((grant) => grant.startsWith('host:')).map((grant) => grant.slice('host:'.length)),
			inputs: values.input ?? [],
			files: await readInputs(values.file ?? []).catch((error) => usage(error.message)),
		},
	};
}

/** The assistant messages of a script file. @param {string} file @returns {Promise<string[]>} */
async function readScript(file) {
	const text = await readFile(file, 'utf8').catch(() => usage(`script_invalid: there is no file ${file}`));
	try {
		const script = JSON.parse(text);
		if (Array.isArray(script) && script.every((message) => typeof message === 'string')) return script;
	} catch {
		// Said below: not JSON is the same mistake as JSON of another shape.
	}
	return usage(
		`script_invalid: ${file} is not a JSON array of assistant messages, such as ["<execute>print(1)</execute>", "It is 1."]`,
	);
}

const call = await readCall();
const say = call.json ? console.error : console.log;
await prepare({ log: console.error });
const server = await serve({ root: 'dist', port: 0 });
const app = await openApp(server.url, call.browser, call.options.model ?? '');
let status = 1;
try {
	process.once('SIGINT', () => void app.stop());
	await app.start(call.options);
	for (;;) {
		const events = await app.nextEvents();
		if (events.length === 0) break;
		for (const event of events) for (const line of describe(event)) say(line);
	}
	const trajectory = await app.trajectory();
	for (const path of call.out === undefined ? [] : await writeOutputs(app, trajectory, call.out)) say(`Wrote ${path}`);
	if (call.json) console.log(JSON.stringify(trajectory, null, '\t'));
	if (trajectory.stopReason === 'answered') status = 0;
} catch (error) {
	console.error(error instanceof Error ? error.message : String(error));
} finally {
	await app.close();
	await server.close();
}
process.exit(status);
