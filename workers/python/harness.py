"""Runs the actions of a model one after the other in one namespace and tells what came of each.

The worker drives it (workers/python/pyodide-host.ts); it runs in plain CPython as well (tests/python). Output is not
its business: the worker takes it from the file descriptors of stdout and stderr.
"""

import ast
import asyncio
import builtins
import inspect
import json
import linecache
import site
import sys
import time

from . import absent, failure, memory, source
from .ahead import Ahead
from .baseline import Baseline
from .displays import Displays
from .hooks import AfterImport
from .keyboard import Keyboard
from .packages import OnBoardFinder, Packages
from .page import Page
from .representations import text_of
from .shortened import shortened
from .web import Web

# The longest that `time.sleep` is deaf to an interrupt, in seconds.
SLEEP_SLICE = 0.05


class FinalAnswer(BaseException):
    """Ends the action: `final_answer(...)` was called. No Exception, so that `except Exception` lets it pass."""


class Harness:
    """One namespace and its actions. `namespace` is that of a module; `host`: see packages.py and page.py, and
    `host.pause(ms)` waits without computing. `index_urls`: addresses of package indexes."""

    def __init__(self, namespace, host, index_urls=()):
        self._namespace = namespace
        self._host = host
        self._displays = Displays()
        self._packages = Packages(host, index_urls)
        self._ahead = Ahead(self._packages, site.getsitepackages()[0])
        asked_page = Page(host)
        self._keyboard = Keyboard(asked_page)
        self._web = Web(asked_page)
        self._filenames = set()
        self._answer = None
        self._is_interrupted = False
        self._reserve = memory.Reserve()
        self._baseline = None

    def install(self):
        """Puts the functions that every action may call among the builtins, and the hooks in place."""
        builtins.final_answer = self.final_answer
        builtins.display = self._displays.display
        builtins.__pip_install__ = self._packages.pip_install
        self._keyboard.install()
        self._web.install()
        time.sleep = self.sleep
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(line_buffering=True)
        AfterImport(
            {
                "micropip": self._packages.patch_micropip,
                "matplotlib": self._displays.patch_matplotlib,
                "matplotlib.figure": self._displays.patch_figure,
                "matplotlib.pyplot": self._displays.patch_pyplot,
                "plotly.basedatatypes": self._displays.patch_plotly,
                "IPython.display": self._displays.patch_ipython,
                "getpass": self._keyboard.patch_getpass,
                **self._web.patches(),
                **absent.patches(),
            }
        ).install()
        OnBoardFinder(self._packages).install()
        self._baseline = Baseline()

    def preload(self, code):
        """Runs Python of our own in the namespace, before the first action."""
        exec(compile(code, "<preload>", "exec"), self._namespace)

    async def run(self, code):
        """Runs one action. Returns JSON: status, value, error, displays and answer of a RunResult (src/core/ports.ts).

        Whatever the action raises is told in there; nothing is raised but what hits the telling itself.
        """
        self._baseline.restore()
        self._reserve.fill()
        self._answer, self._is_interrupted = None, False
        self._displays.begin()
        # An action that replaced them and failed must not silence the next one.
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        self._keyboard.begin()
        filename = f"<action {len(self._filenames) + 1}>"
        self._filenames.add(filename)
        linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
        status, value, error = "ok", None, None
        try:
            value = await self._execute(code, filename)
            self._displays.show_figures()
        except FinalAnswer:
            self._displays.show_figures()
        except BaseException as thrown:
            is_memory = memory.is_end(thrown)
            self._reserve.spend()
            self._baseline.restore()
            status = self._status(thrown)
            self._packages.explain(thrown)
            if is_memory:
                memory.explain(thrown, self._host.memoryLimitBytes)
            error = failure.describe(thrown, filename, self._filenames.__contains__)
            if status == "interrupted":
                self._displays.drop_figures()
            else:
                self._displays.show_figures()
        self._baseline.restore()
        told = {
            "status": status,
            "value": value,
            "error": error,
            "displays": self._displays.finish(),
            "answer": self._answer,
        }
        sys.stdout.flush()
        sys.stderr.flush()
        return json.dumps(told)

    def interrupt(self):
        """Cancels everything that is awaited; code that computes is interrupted by its signal instead."""
        self._is_interrupted = True
        for task in asyncio.all_tasks(asyncio.get_event_loop()):
            task.cancel()

    def look_ahead(self, loads):
        """Begins to make ready what the next action loads; returns the packages on board for it (see ahead.py)."""
        return self._ahead.begin(loads)

    def compile_next(self):
        """Goes on with that by one file; False where nothing is left to do."""
        return self._ahead.compile_next()

    def parses(self, code):
        """True where `code` is Python that parses."""
        return source.parses(code)

    def final_answer(self, *values, **named):
        """Gives the answer of the task and ends the action."""
        given = [*values, *named.values()]
        self._answer = shortened(" ".join(str(value) for value in given))
        for value in given:
            self._displays.add(value)
        raise FinalAnswer

    def sleep(self, seconds):
        """`time.sleep` in slices: the one of the interpreter hears an interrupt only when it is over."""
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._host.pause(min(left, SLEEP_SLICE) * 1000)

    async def _execute(self, code, filename):
        """Runs the action and returns the text of its last expression's value, or None."""
        tree = source.parse(code, filename, self._namespace)
        await self._packages.load_for(source.imported(tree))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        await self._evaluate(tree, filename, "exec")
        if last is None:
            return None
        value = await self._evaluate(ast.Expression(last.value), filename, "eval")
        if value is None:
            return None
        self._displays.add(value)
        return shortened(text_of(value))

    async def _evaluate(self, tree, filename, mode):
        """Compiles and runs one part of the action, awaiting where it awaits."""
        code = compile(tree, filename, mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        result = eval(code, self._namespace)
        return await result if code.co_flags & inspect.CO_COROUTINE else result

    def _status(self, thrown):
        """`interrupted` where it was the person or the clock that ended the action."""
        is_ours = isinstance(thrown, asyncio.CancelledError) and self._is_interrupted
        return "interrupted" if is_ours or isinstance(thrown, KeyboardInterrupt) else "error"
