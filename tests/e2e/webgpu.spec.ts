/** web-llm for real: its own worker, the model library of `models/`, WebGPU on the CPU where there is no GPU. */
import { chromium } from '@playwright/test';
import { App, expect, test } from './app';

test('web-llm writes the code that answers, on WebGPU', async ({ server }) => {
	test.setTimeout(400_000);
	const browser = await chromium.launch({
		...(process.env.BROWSER_PATH ? { executablePath: process.env.BROWSER_PATH } : {}),
		args: [
			...(process.env.BROWSER_ARGS ?? '').split(' ').filter((arg) => arg !== ''),
			'--enable-unsafe-webgpu',
			'--use-webgpu-adapter=swiftshader',
		],
	});
	const app = new App(await browser.newPage(), server.url);
	await app.open();
	await app.page.evaluate(
		() =>
			void window.playground.run({ task: 'What is 17 times 23?', model: 'smollm2-135m-webgpu' }).catch(() => undefined),
	);
	await expect(app.answer).toContainText('391', { timeout: 350_000 });
	const trajectory = await app.trajectory();
	expect(trajectory.model).toBe('smollm2-135m-webgpu');
	expect(trajectory.steps[0]?.observation?.stdout).toBe('391\n');
	expect(trajectory.steps[0]?.usage.promptTokens).toBeGreaterThan(50);
	expect(app.offHost).toEqual([]);
	expect(app.complaints).toEqual([]);
	await browser.close();
});
