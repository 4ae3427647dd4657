import { expect, test } from 'vitest';
import { ScriptedEngine } from '../../src/adapters/engines/scripted-engine';
import { PlaygroundError } from '../../src/core/errors';
import type { AgentEvent } from '../../src/core/trajectory';
import { automate } from '../../src/state/automate';
import type { Automation } from '../../src/state/automation';
import { card, makePlayground } from './playground';

async function make(
	scenario: Parameters<typeof makePlayground>[0] = {},
): Promise<{ automation: Automation } & Awaited<ReturnType<typeof makePlayground>>> {
	const made = await makePlayground(scenario);
	const automation = automate({
		version: '1.2.3',
		playground: made.playground,
		started: Promise.resolve(),
		restored: Promise.resolve(),
		cardFor: (id) => {
			const found = (scenario.catalogue ?? [card()]).find((candidate) => candidate.id === id);
			if (found === undefined) throw new PlaygroundError('unknown_model', { detail: id });
			return found;
		},
		scriptCard: card(),
		scriptEngine: (messages) => new ScriptedEngine(messages),
		setIndexUrls: () => Promise.resolve(),
		onRun: () => undefined,
	});
	return { automation, ...made };
}

/** Everything that `nextEvents` brings until it says that there is no more. */
async function drain(automation: Automation): Promise<AgentEvent[]> {
	const all: AgentEvent[] = [];
	for (;;) {
		const batch = await automation.nextEvents();
		if (batch.length === 0) return all;
		all.push(...batch);
	}
}

test('a script is played on the session that the page shows, and its events come in order', async () => {
	const { automation, playground } = await make({ results: [{ stdout: '1\n' }] });
	const run = automation.run({ task: 'Look', script: ['<execute>\nprint(1)\n</execute>', 'It is 1.'] });
	const events = await drain(automation);
	const trajectory = await run;
	expect(events[0]?.type).toBe('runStarted');
	expect(events.at(-1)?.type).toBe('runEnded');
	expect(trajectory).toMatchObject({ answer: 'It is 1.', stopReason: 'answered' });
	expect(playground.session.runs).toEqual([trajectory]);
	expect(automation.trajectory()).toEqual(trajectory);
	expect(JSON.parse(JSON.stringify(trajectory))).toEqual(trajectory);
});

test('each run is a new session, and its limits are those that it was given', async () => {
	const { automation, playground } = await make({ results: [{}] });
	await automation.run({ task: 'First', script: ['One.'] });
	const paused = await automation.run({ task: 'Second', script: ['<execute>\n1\n</execute>'], maxSteps: 1 });
	expect(paused.stopReason).toBe('stepLimit');
	expect(playground.session.runs).toHaveLength(1);
	expect(playground.library.summaries.map(({ title }) => title)).toEqual(['Second', 'First']);
});

test('a run that cannot begin rejects with code and sentence, and brings no events', async () => {
	const gpu = card({ id: 'gpu', needs: { webgpu: true, shaderF16: false, memoryBytes: 0 } });
	const { automation } = await make({ catalogue: [card(), gpu] });
	await expect(automation.run({ task: ' ' })).rejects.toThrow('empty_task: There is no task to run.');
	await expect(automation.run({ task: 'Think', model: 'nothing' })).rejects.toThrow(/^unknown_model: .*\(nothing\)/);
	await expect(automation.run({ task: 'Think', model: 'gpu' })).rejects.toThrow(/^webgpu_unavailable/);
	expect(await automation.nextEvents()).toEqual([]);
});

test('stop ends the run as the button does', async () => {
	const { automation } = await make({ results: ['hang'] });
	const run = automation.run({ task: 'Loop', script: ['<execute>\nwhile True: pass\n</execute>'] });
	for (;;) {
		const batch = await automation.nextEvents();
		if (batch.some(({ type }) => type === 'actionStarted')) break;
	}
	automation.stop();
	expect((await run).stopReason).toBe('stopped');
});

test('code is executed without a model, and no run is recorded', async () => {
	const { automation, playground, runtime } = await make({ results: [{ stdout: '6\n' }] });
	expect(await automation.execute('print(6)')).toMatchObject({ status: 'ok', stdout: '6\n' });
	expect(runtime.codes).toEqual(['print(6)']);
	expect(playground.session.runs).toEqual([]);
});

test('code is not executed into the middle of a run', async () => {
	const { automation } = await make({ results: ['hang'] });
	const run = automation.run({ task: 'Loop', script: ['<execute>\nwhile True: pass\n</execute>'] });
	await automation.nextEvents();
	await expect(automation.execute('print(6)')).rejects.toThrow(/^busy: /);
	await expect(automation.restart()).rejects.toThrow(/^busy: /);
	automation.stop();
	await run;
});

test('stop ends what is being executed', async () => {
	const { automation } = await make({ results: ['hang'] });
	const executing = automation.execute('while True: pass');
	automation.stop();
	expect(await executing).toMatchObject({ status: 'interrupted' });
});
