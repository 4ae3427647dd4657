import { runAgent } from '../core/agent';
import { type ErrorCode, PlaygroundError, type WireError } from '../core/errors';
import { DEFAULT_LIMITS, raise } from '../core/limits';
import { nullIfAborted } from '../core/null-if-aborted';
import { profileFor } from '../core/profiles';
import type { SessionRecord, Settings } from '../core/storage';
import { type AgentEvent, fold, type Limits, type Trajectory } from '../core/trajectory';
import { foldLive, type Live } from './live';
import { Saver } from './saver';
import { SessionPython } from './session-python.svelte';
import type { Outcome, SessionPorts, Work } from './session-ports';
import { summarise } from './summary';

const DRAFT = 'draft';
const SESSION = 'session';

const IDLE: Work = { kind: 'idle' };

/** Owner of the conversation that is on the page: its runs, the step at work, and what the person can do with them. */
export class Session {
	/** Oldest first; the last one may be at work. */
	runs = $state.raw<readonly Trajectory[]>([]);
	live = $state.raw<Live | null>(null);
	work = $state.raw<Work>(IDLE);
	/** Why the last call was refused; shown at the composer until the person writes. */
	hint = $state.raw<WireError | null>(null);
	/** What an action had printed when the page was left; null once the run goes on. */
	leftOutput = $state.raw<string | null>(null);
	/** The last step or run that ended, for those who do not see the page. */
	ended = $state.raw<AgentEvent | null>(null);
	id = $state('');
	#draft = $state('');

	readonly #ports: SessionPorts;
	readonly #saver: Saver;
	readonly #python: SessionPython;
	#listeners: readonly ((events: readonly AgentEvent[]) => void)[] = [];
	#createdAt = '';
	#buffer: AgentEvent[] = [];
	#abort: AbortController | null = null;
	#working: Promise<unknown> = Promise.resolve();

	constructor(ports: SessionPorts) {
		this.#ports = ports;
		this.#saver = new Saver(ports.store, ports.onStorageError);
		this.#draft = ports.settings.read(DRAFT) ?? '';
		this.#python = new SessionPython(ports.python, ports.files);
		// A session that has files and no run yet is found again after a reload, too.
		ports.files.onKept = () => ports.settings.write(SESSION, this.id);
		this.#begin(ports.id());
	}

	/** What stands in the composer; kept across a reload. */
	get draft(): string {
		return this.#draft;
	}

	set draft(text: string) {
		this.#draft = text;
		this.hint = null;
		this.#keepDraft();
	}

	/** True where Python no longer has the variables that earlier steps made. */
	get isForgotten(): boolean {
		return this.#python.isLost && this.#hasActions();
	}

	get isBusy(): boolean {
		return this.work.kind !== 'idle';
	}

	/** The last run, where it paused, failed, was stopped or was interrupted by a reload: it can be continued. */
	get resumable(): Trajectory | null {
		const last = this.runs.at(-1);
		return this.isBusy || last === undefined || last.stopReason === 'answered' ? null : last;
	}

	/** Calls `listener` with every batch of events as it is committed. */
	listen(listener: (events: readonly AgentEvent[]) => void): void {
		this.#listeners = [...this.#listeners, listener];
	}

	/** Runs a task with the Python variables of the runs before. Never rejects. */
	async submit(task: string, limits: Partial<Limits> = {}): Promise<Outcome> {
		const text = task.trim();
		if (this.isBusy) return this.#refuse('busy');
		if (text === '') return this.#refuse('empty_task');
		const outcome = await this.#run(text, null, { ...DEFAULT_LIMITS, ...limits });
		// A task that never began goes back to where it came from, before what was written meanwhile.
		if (!outcome.ok) this.draft = joined([text, this.draft]);
		if (!outcome.ok) this.hint = outcome.error;
		return outcome;
	}

	/** Continues the last run, with raised limits. Never rejects. */
	async resume(): Promise<Outcome> {
		const run = this.resumable;
		if (run === null) return this.#refuse('busy');
		this.leftOutput = null;
		const outcome = await this.#run(run.task, run, raise(run.limits, run.steps));
		if (!outcome.ok) this.hint = outcome.error;
		return outcome;
	}

	/** Stops generation and Python. What was written is kept. */
	stop(): void {
		this.#ports.network.dismiss();
		this.#abort?.abort();
	}

	/** Leads Python to the state after the last action, where it is no longer in it. The records stay as they are. */
	async rerun(): Promise<void> {
		if (this.isBusy) return;
		const abort = new AbortController();
		this.#abort = abort;
		this.work = { kind: 'restoring' };
		try {
			await this.#python.rerun(this.runs, abort.signal);
		} catch (thrown) {
			if (!abort.signal.aborted) this.hint = PlaygroundError.from(thrown, 'python_boot_failed').toWire();
		} finally {
			this.work = IDLE;
		}
	}

	/** Goes on with `runs` as a session of its own; the one that was shown stays kept as it is. */
	branch(runs: readonly Trajectory[]): void {
		this.#begin(this.#ports.id(), true);
		this.runs = runs;
		this.#ports.settings.write(SESSION, this.id);
		for (const index of runs.keys()) this.#save(index, false);
	}

	/** Shows `runs` as the session `id`, with the Python that there is. */
	show(id: string, runs: readonly Trajectory[]): void {
		this.id = id;
		void this.#ports.files.open(id);
		void this.#ports.files.refresh();
		this.runs = runs;
		this.#ports.settings.write(SESSION, id);
	}

	/** Puts an empty session in place of this one (which stays kept), with fresh Python. */
	async newSession(): Promise<void> {
		this.stop();
		await this.settled();
		this.#begin(this.#ports.id());
		this.#ports.settings.write(SESSION, null);
		await this.#python.begin();
	}

	/** Takes note that the variables are gone, so that the view says it no longer. */
	acceptLoss(): void {
		this.#python.isLost = false;
	}

	/** Shows a kept session in place of this one, with fresh Python. */
	async open(record: SessionRecord): Promise<void> {
		this.stop();
		await this.settled();
		this.#begin(record.summary.id);
		this.#createdAt = record.summary.createdAt;
		this.runs = record.runs;
		const last = record.runs.at(-1);
		if (record.leftover !== null && last?.stopReason === null && last.id === record.leftover.runId) {
			this.runs = record.runs.with(-1, { ...last, partialReply: record.leftover.reply });
			this.leftOutput = record.leftover.output === '' ? null : record.leftover.output;
		}
		this.#ports.settings.write(SESSION, this.id);
		await this.#python.begin();
		this.work = { kind: 'restoring' };
		await this.#python.recall(this.runs);
		this.work = IDLE;
	}

	/** Takes up a session that has files but never came to a run. */
	async adopt(id: string): Promise<void> {
		this.#begin(id);
		await this.#ports.files.mirror();
	}

	/** Resolves when the work under way has ended and is saved. */
	async settled(): Promise<void> {
		await this.#working;
		await this.#saver.settled();
		await this.#ports.files.saved();
	}

	/** Id of the session that was open when the page was left. */
	static lastId(settings: Settings): string | null {
		return settings.read(SESSION);
	}

	#begin(id: string, isBranch = false): void {
		this.id = id;
		void (isBranch ? this.#ports.files.branch(id) : this.#ports.files.open(id));
		this.#createdAt = this.#ports.clock.date();
		this.runs = [];
		this.live = null;
		this.hint = null;
		this.leftOutput = null;
	}

	#refuse(code: ErrorCode): Outcome {
		const error = new PlaygroundError(code).toWire();
		this.hint = error;
		return { ok: false, error };
	}

	#run(task: string, resume: Trajectory | null, limits: Limits): Promise<Outcome> {
		const work = this.#runUnguarded(task, resume, limits).finally(() => {
			this.work = IDLE;
			this.live = null;
		});
		this.#working = work;
		return work;
	}

	async #runUnguarded(task: string, resume: Trajectory | null, limits: Limits): Promise<Outcome> {
		const { engine: engines, python, clock } = this.#ports;
		const abort = new AbortController();
		this.#abort = abort;
		this.hint = null;
		this.work = { kind: 'preparing', task: resume === null ? task : null };
		if (resume === null) this.#draft = '';
		let ready;
		try {
			ready = await nullIfAborted(engines.whenReady(), abort.signal);
		} catch (thrown) {
			return { ok: false, error: PlaygroundError.from(thrown, 'model_load_failed').toWire() };
		}
		if (ready === null) return { ok: false, error: null };
		const { files } = this.#ports;
		await files.settled();
		this.work = { kind: 'running' };
		const index = resume === null ? this.runs.length : this.runs.length - 1;
		const events = runAgent(
			{
				task,
				files: files.mentions,
				history: this.runs.slice(0, index),
				resume,
				engine: ready.engine,
				runtime: python,
				profile: profileFor(ready.card.profile),
				limits,
				clock,
				id: resume?.id ?? this.#ports.id(),
				model: ready.card.id,
				seed: 0,
			},
			abort.signal,
		);
		for await (const event of events) this.#take(event, index);
		this.#commit(index);
		const trajectory = this.runs[index];
		if (trajectory === undefined) throw new PlaygroundError('internal', { detail: 'the run began without an event' });
		await this.#saver.settled();
		return { ok: true, trajectory };
	}

	/** Buffers an event; a batch is committed once a frame (each commit makes the view draw). */
	#take(event: AgentEvent, index: number): void {
		this.#buffer.push(event);
		if (this.#buffer.length === 1) this.#ports.nextFrame(() => this.#commit(index));
	}

	#commit(index: number): void {
		const events = this.#buffer;
		if (events.length === 0) return;
		this.#buffer = [];
		const before = this.runs[index] ?? null;
		let run = before;
		let { live } = this;
		for (const event of events) {
			run = fold(run, event);
			live = foldLive(live, event, this.#ports.clock.now());
			if (event.type === 'stepEnded' || event.type === 'runEnded') this.ended = event;
		}
		if (run !== null && run !== before) this.runs = [...this.runs.slice(0, index), run];
		this.live = live;
		this.#save(index, run === before);
		for (const listener of this.#listeners) listener(events);
	}

	#save(index: number, isOnlyStreamed: boolean): void {
		const run = this.runs[index];
		if (run === undefined) return;
		const { live } = this;
		const output = live?.phase === 'running' ? live.output : '';
		const summary = summarise(this.id, this.#createdAt, this.#ports.clock.date(), this.runs);
		this.#saver.save({
			summary,
			runs: isOnlyStreamed ? [] : [{ index, trajectory: run }],
			leftover: live === null ? null : { runId: run.id, reply: live.reply, output },
		});
		if (isOnlyStreamed) return;
		this.#keepDraft();
		this.#ports.settings.write(SESSION, this.id);
		this.#ports.onSaved(summary);
	}

	/** A task that waits for the model is kept with the draft, so that a reload meanwhile does not lose it. */
	#keepDraft(): void {
		const waiting = this.work.kind === 'preparing' ? this.work.task : null;
		const text = joined([waiting, this.#draft]);
		this.#ports.settings.write(DRAFT, text === '' ? null : text);
	}

	#hasActions(): boolean {
		return this.runs.some((run) => run.steps.some(({ action }) => action !== null));
	}
}

function joined(parts: readonly (string | null)[]): string {
	return parts.filter((part) => part !== null && part !== '').join('\n');
}
