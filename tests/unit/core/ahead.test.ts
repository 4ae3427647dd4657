import { describe, expect, test } from 'vitest';
import { codeSoFar, loadsOf, lookAhead } from '../../../src/core/ahead';

const TAGS = { open: '<execute>', close: '</execute>' };

describe('the code so far', () => {
	test.each([
		['', ''],
		['I will import pandas.\n', ''],
		['I load it.\n<execute>\nimport pan', '\n'],
		['<execute>\nimport pandas\nx = pan', '\nimport pandas\n'],
		['<execute>\nimport pandas\n</execute>\n', '\nimport pandas\n'],
		['<think>import numpy\n<execute>\nimport numpy\n', ''],
		['<think>maybe numpy</think>\n<execute>\nimport pandas\n', '\nimport pandas\n'],
		['Here:\n```python\nimport pandas\nx =', '\nimport pandas\n'],
		['```\nimport pandas\n```\nimport numpy\n', '\nimport pandas\n'],
		['<code>\nimport pandas\n', '\nimport pandas\n'],
	])('of %j', (reply, code) => {
		expect(codeSoFar(reply, TAGS)).toBe(code);
	});
});

describe('what code loads', () => {
	test('are the modules of its imports, by their full names and each once', () => {
		const code = `
import os, numpy as np, matplotlib.pyplot as plt
from sklearn.datasets import load_iris
def f():
    import pandas
    from . import local
x = "important"
import numpy`;
		expect(loadsOf(code).modules).toEqual(['os', 'numpy', 'matplotlib.pyplot', 'sklearn.datasets', 'pandas']);
	});

	test('are the packages that it installs, in each form', () => {
		const code = `
await micropip.install("rich>=13")
micropip.install([
    'one', "two",
])
%pip install -q three four  # fast
!pip install --index-url https://host/simple five
python -m pip install "six<2"
await micropip.install(name)`;
		expect(loadsOf(code).requirements).toEqual(['three', 'four', 'six<2', 'rich>=13', 'one', 'two']);
	});
});

test('prepare is called once for each line that loads something new, and only when the line is whole', () => {
	const calls: string[] = [];
	const hear = lookAhead(TAGS, (code) => calls.push(code));
	const reply = '<execute>\nimport numpy\nx = 1\nimport pandas as pd\ny = 2\nimport numpy\n</execute>';
	for (let end = 1; end <= reply.length; end += 1) hear(reply.slice(0, end));
	expect(calls).toEqual(['\nimport numpy\n', '\nimport numpy\nx = 1\nimport pandas as pd\n']);
});
