/** Stop stops, at the worst moments too, and nothing that was done is lost. */
import { expect, test } from './app';

test('an endless loop is stopped within a second and the variables survive', async ({ app }) => {
	await app.open();
	await app.play('Loop', [
		'<execute>\nkept = "still here"\nprint("loop" + "ing")\nwhile True: pass\n</execute>',
		'<execute>\nprint(kept)\n</execute>',
		'Done.',
	]);
	await expect(app.step(1)).toContainText('looping', { timeout: 60_000 });
	const before = Date.now();
	await app.stop.click();
	await expect(app.stop).toBeHidden();
	expect(Date.now() - before).toBeLessThan(1000);
	expect((await app.trajectory()).stopReason).toBe('stopped');
	expect((await app.trajectory()).steps[0]?.observation).toMatchObject({ status: 'interrupted', state: 'kept' });
	await app.continue.click();
	await expect(app.step(2)).toContainText('still here');
	await expect(app.answer).toContainText('Done.');
});

test('code that swallows the interrupt is stopped by force, and Python comes back as it was', async ({ app }) => {
	await app.open();
	await app.play('Refuse to stop', [
		'<execute>\nkept = "as before"\nprint("begun")\n</execute>',
		// A function of its own: CPython 3.12 lets an interrupt at the jump back of a bare loop escape the `try` around it.
		'<execute>\ndef busy():\n    while True: pass\nprint("refu" + "sing")\nwhile True:\n    try: busy()\n    except KeyboardInterrupt: pass\n</execute>',
		'<execute>\nprint("ali" + "ve", kept)\n</execute>',
		'Done.',
	]);
	await expect(app.step(2)).toContainText('refusing', { timeout: 60_000 });
	await app.page.keyboard.press('Escape');
	await expect(app.stop).toBeHidden({ timeout: 5000 });
	expect((await app.trajectory()).steps[1]?.observation?.state).toMatch(/^restor(ed|ing)$/);
	await app.continue.click();
	await expect(app.step(3)).toContainText('alive as before', { timeout: 60_000 });
});

test('stopping the model while it writes keeps what it wrote', async ({ app }) => {
	await app.open();
	await app.ready();
	await app.send('Print the numbers from 1 to 30 and their squares');
	await expect(app.step(1)).toContainText(/[a-z]{3,}.*\(/, { timeout: 60_000 });
	await app.stop.click();
	await expect(app.stop).toBeHidden();
	const trajectory = await app.trajectory();
	expect(trajectory.stopReason).toBe('stopped');
	const kept = trajectory.partialReply ?? '';
	expect(kept.length).toBeGreaterThan(3);
	await expect(app.page.getByText(kept.trim().split('\n').at(-1) ?? '', { exact: false }).first()).toBeVisible();
});
