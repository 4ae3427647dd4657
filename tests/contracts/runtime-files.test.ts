import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MemoryDirectory } from '../../src/adapters/runtimes/memory-directory';
import type { WorkingDirectory } from '../../src/core/files';
import { pyodide, run } from './runtime-cases';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (words: string): Uint8Array => new TextEncoder().encode(words);

const { runtime } = pyodide();
beforeAll(() => runtime.start(() => undefined));
afterAll(() => runtime.dispose());

const adapters: { name: string; files: WorkingDirectory }[] = [
	{ name: 'MemoryDirectory', files: new MemoryDirectory() },
	{ name: 'FrameDirectory', files: runtime.files },
];

describe.each(adapters)('$name', ({ files }) => {
	test('gives back what was written, with its time, and lists it by path', async () => {
		await files.write('suite/b.txt', bytes('two'), 1_700_000_000_000);
		await files.write('suite/a.txt', bytes('one'), 1_700_000_001_000);
		expect(text(await files.read('suite/b.txt'))).toBe('two');
		expect((await files.list()).filter(({ path }) => path.startsWith('suite/'))).toEqual([
			{ path: 'suite/a.txt', bytes: 3, modified: 1_700_000_001_000 },
			{ path: 'suite/b.txt', bytes: 3, modified: 1_700_000_000_000 },
		]);
	});

	test('puts a file in the place of one of that name', async () => {
		await files.write('suite/a.txt', bytes('longer'), 1);
		expect(text(await files.read('suite/a.txt'))).toBe('longer');
	});

	test('removes a file, and nothing where there is none', async () => {
		await files.remove('suite/a.txt');
		await files.remove('suite/a.txt');
		await expect(files.read('suite/a.txt')).rejects.toMatchObject({ code: 'file_unreadable' });
	});

	test.each(['../outside', '/etc/x', 'a//b'])('refuses the name %s', async (path) => {
		await expect(files.write(path, bytes('x'), 1)).rejects.toMatchObject({ code: 'file_name_invalid' });
	});
});

describe('the working directory of Python', () => {
	test('is where an action opens files by name', async () => {
		await runtime.files.write('data.csv', bytes('city,people\nOslo,1\n'), Date.now());
		const result = await run(runtime, 'open("data.csv").read().split()[0]');
		expect(result.value).toBe("'city,people'");
		expect(result.files).toEqual([]);
	});

	test('has what an action made, changed and removed in its result', async () => {
		await run(runtime, 'open("gone.txt", "w").write("x")\nopen("kept.txt", "w").write("x")');
		const code =
			'import os\nos.makedirs("out/deep", exist_ok=True)\nopen("out/deep/n.txt", "w").write("four")\n' +
			'open("data.csv", "a").write("Rome,3\\n")\nos.remove("gone.txt")\nopen("kept.txt").read()';
		expect((await run(runtime, code)).files).toEqual([
			{ path: 'data.csv', change: 'changed', bytes: 26 },
			{ path: 'gone.txt', change: 'removed', bytes: 0 },
			{ path: 'out/deep/n.txt', change: 'created', bytes: 4 },
		]);
	});

	test('tells a file that was written anew with as many bytes in the same moment', async () => {
		const code =
			'import os\nbefore = os.stat("kept.txt").st_mtime_ns\nopen("kept.txt", "w").write("y")\n' +
			'os.utime("kept.txt", ns=(before, before))';
		expect((await run(runtime, code)).files).toEqual([{ path: 'kept.txt', change: 'changed', bytes: 1 }]);
	});

	test('tells what a failed action wrote', async () => {
		const result = await run(runtime, 'open("half.txt", "w").write("half")\n1 / 0');
		expect(result).toMatchObject({ status: 'error', files: [{ path: 'half.txt', change: 'created' }] });
	});

	test('has modules that can be imported, but none that hides one of Python', async () => {
		await runtime.files.write('mine.py', bytes('answer = 42'), Date.now());
		await runtime.files.write('json.py', bytes('raise RuntimeError'), Date.now());
		expect((await run(runtime, 'import mine, json\nmine.answer, json.dumps(1)')).value).toBe("(42, '1')");
		expect((await runtime.files.list()).filter(({ path }) => path.includes('__pycache__'))).toEqual([]);
	});

	test('is listed and compared up to a number of files', async () => {
		const made = await run(runtime, 'for n in range(2500): open(f"many{n}.txt", "w").close()');
		expect(made.files).toHaveLength(100);
		expect(await runtime.files.list()).toHaveLength(2_000);
		await run(runtime, 'import glob\nfor name in glob.glob("many*"): os.remove(name)');
	});

	test('is there again where Python removed all of it', async () => {
		await run(runtime, 'import shutil\nshutil.rmtree(os.getcwd())');
		expect(await runtime.files.list()).toEqual([]);
		await runtime.files.write('new.txt', bytes('new'), Date.now());
		expect((await run(runtime, 'open("/home/pyodide/work/new.txt").read()')).value).toBe("'new'");
	});

	test('lists no name that could lead elsewhere, whatever the code calls its files', async () => {
		const before = await runtime.files.list();
		await run(runtime, String.raw`for name in ("..\\up", "line\nend", "\x7f"): open(name, "w").close()`);
		expect(await runtime.files.list()).toEqual(before);
		await run(runtime, String.raw`for name in ("..\\up", "line\nend", "\x7f"): os.remove(name)`);
	});

	test('follows no link out of itself', async () => {
		await run(
			runtime,
			'os.chdir("/home/pyodide/work")\nos.symlink("/lib", "lib")\nos.symlink("/etc/passwd", "passwd")',
		);
		expect((await runtime.files.list()).map(({ path }) => path)).toEqual(['new.txt']);
	});
});

test('a Python that begins anew is given the files of the page', async () => {
	const broker = pyodide().broker;
	const { PyodideRuntime } = await import('../../src/adapters/runtimes/pyodide-runtime');
	const again = new PyodideRuntime({
		broker,
		fillFiles: (directory) => directory.write('put-back.txt', bytes('here'), 1),
	});
	try {
		expect((await run(again, 'open("put-back.txt").read()')).value).toBe("'here'");
		await again.restart();
		expect((await run(again, 'open("put-back.txt").read()')).value).toBe("'here'");
	} finally {
		again.dispose();
	}
});
