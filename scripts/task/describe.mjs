/** The lines that a terminal shows for an event of the loop. */

/** @import { AgentEvent, Step, Observation } from '../../src/core/trajectory' */

/** @param {string} text @param {string} mark */
const block = (text, mark) => text.split('\n').map((line, index) => `  ${index === 0 ? mark : ' '} ${line}`);

/** Such as `1.4 s`. @param {number} ms */
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** What ended or paused a run, and what to do. @type {Record<string, string>} */
const ENDINGS = {
	stepLimit: 'Paused: the step limit was reached. Raise it with --max-steps.',
	timeLimit: 'Paused: the time limit was reached. Raise it with --timeout.',
	tokenLimit: 'Paused: the token limit was reached.',
	repeated: 'Paused: the same action gave the same observation three times.',
	formatErrors: 'Ended: three replies in a row held no action and no answer.',
	stopped: 'Stopped.',
};

/** @param {Observation} observation */
function observed(observation) {
	const lines = [];
	if (observation.stdout !== '') lines.push(observation.stdout.replace(/\n$/, ''));
	if (observation.stderr !== '') lines.push(observation.stderr.replace(/\n$/, ''));
	if (observation.error !== null) lines.push(observation.error.traceback.trimEnd());
	if (observation.value !== null) lines.push(observation.value);
	for (const { mime, data } of observation.displays) lines.push(`[${mime}, ${data.length} characters]`);
	if (observation.status === 'interrupted' || observation.status === 'timedOut') lines.push(observation.text);
	if (lines.length === 0) lines.push('(nothing was printed)');
	return [...lines, ...remarks(observation)].join('\n');
}

/** What came of an action besides its output: files, requests, grants, a Python that was put back. @param {Observation} observation */
function remarks({ state, restored, files, requests, grants }) {
	const lines = [];
	if (state === 'lost') lines.push('[Python was restarted: the variables of earlier steps are gone]');
	if (state === 'restored' || state === 'restoring') {
		const how = restored === null ? '' : `, by ${restored.by} in ${seconds(restored.durationMs)}`;
		lines.push(
			`[Python is as it was before this step${how}${restored?.isDifferent === true ? ', with other output' : ''}]`,
		);
	}
	for (const { path, change, bytes } of files) lines.push(`[${change} ${path}, ${String(bytes)} bytes]`);
	for (const { request, decision } of grants) lines.push(`[${request.host}: ${decision}]`);
	for (const { method, url, outcome, status } of requests) {
		lines.push(`[${method} ${url}: ${outcome}${status === null ? '' : ` ${String(status)}`}]`);
	}
	return lines;
}

/** @param {Step} step */
function figures({ usage, timings }) {
	const cached = usage.cachedTokens > 0 ? ` (${usage.cachedTokens} cached)` : '';
	return [
		`${usage.promptTokens}${cached} → ${usage.completionTokens} tok`,
		`prefill ${seconds(timings.prefillMs)}`,
		`decode ${seconds(timings.decodeMs)}`,
		`py ${seconds(timings.pythonMs)}`,
	].join(' · ');
}

/**
 * @param {AgentEvent} event
 * @returns {string[]} lines without a line end; none for events that only stream
 */
export function describe(event) {
	switch (event.type) {
		case 'runStarted':
			return [`Task: ${event.trajectory.task}`, `Model: ${event.trajectory.model}`];
		case 'stepStarted':
			return ['', `Step ${event.index + 1}`];
		case 'actionStarted':
			return [...(event.thought === '' ? [] : block(event.thought, '●')), ...block(event.action.code, '■')];
		case 'stepEnded': {
			const { step } = event;
			const lines = [];
			if (step.observation !== null) lines.push(...block(observed(step.observation), '▲'));
			if (step.formatError !== null) lines.push(...block(step.reply, '●'), ...block(step.formatError, '▲'));
			return [...lines, `    ${figures(step)}`];
		}
		case 'answered':
			return ['', `Answer: ${event.answer}`];
		case 'runEnded':
			if (event.error !== null) {
				const { code, message, next, detail } = event.error;
				return ['', `${code}: ${message}`, ...(detail === null ? [] : [`  ${detail}`]), next];
			}
			return event.stopReason === 'answered' ? [] : ['', ENDINGS[event.stopReason] ?? event.stopReason];
		default:
			return [];
	}
}
