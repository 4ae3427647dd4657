"""Code that breaks what the harness works with hurts itself, and neither the next action nor its own result."""

import asyncio
import builtins
import json
import signal
import sys
import time
import unittest

from harness_package import ScriptedHost
from playground_harness import harness


class BaselineCase(unittest.TestCase):
    def setUp(self):
        kept = (builtins.input, time.sleep, sys.addaudithook, list(sys.meta_path), sys.stdout, sys.stderr)
        self.addCleanup(self.give_back, *kept)
        self.harness = harness.Harness({"__name__": "__main__"}, ScriptedHost())
        self.harness.install()

    def give_back(self, input_, sleep, add_audit_hook, meta_path, stdout, stderr):
        builtins.input, time.sleep, sys.addaudithook = input_, sleep, add_audit_hook
        sys.meta_path[:] = meta_path
        sys.stdout, sys.stderr = stdout, stderr

    def run_action(self, code):
        return json.loads(asyncio.run(self.harness.run(code)))

    def assert_next_action_works(self, code):
        self.run_action(code)
        told = self.run_action("import json, textwrap\n1 + 1")
        self.assertEqual((told["status"], told["value"]), ("ok", "2"), told["error"])

    def test_replaced_builtins(self):
        names = "print, isinstance, len, str, type, compile, eval, getattr, repr, open"
        self.assert_next_action_works(f"import builtins\nfor name in '{names}'.split(', '): setattr(builtins, name, None)")

    def test_a_replaced_import(self):
        self.assert_next_action_works("import builtins\nbuiltins.__import__ = None")

    def test_emptied_modules_and_finders(self):
        self.assert_next_action_works("import sys\nsys.modules.clear()\nsys.meta_path.clear()\nsys.path_hooks.clear()")

    def test_a_path_that_is_none(self):
        self.assert_next_action_works("import sys\nsys.path = None")

    def test_a_trace_function_that_raises(self):
        self.assert_next_action_works("import sys\nsys.settrace(lambda *_: 1 / 0)\nsys.setprofile(lambda *_: 1 / 0)")

    def test_a_recursion_limit_of_nothing(self):
        self.assert_next_action_works("import sys\nsys.setrecursionlimit(60)")

    def test_a_replaced_traceback_and_ast(self):
        self.assert_next_action_works("import ast, traceback\nast.parse = traceback.TracebackException = None\n1 / 0")

    def test_an_ignored_signal(self):
        self.run_action("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)")
        self.run_action("None")
        self.assertIs(signal.getsignal(signal.SIGINT), signal.default_int_handler)

    def test_audit_hooks_are_refused(self):
        told = self.run_action("import sys\nsys.addaudithook(lambda *_: 1 / 0)")
        self.assertEqual(told["error"]["type"], "RuntimeError")

    def test_what_the_person_put_on_the_path_stays(self):
        self.addCleanup(sys.path.remove, "/somewhere")
        self.run_action("import sys\nsys.path.append('/somewhere')")
        self.assertEqual(self.run_action("import sys\n'/somewhere' in sys.path")["value"], "True")

    def test_a_class_that_raises_when_asked_for_its_name_is_still_an_error(self):
        code = (
            "class Meta(type):\n    @property\n    def __name__(cls): raise OSError\n"
            "class Odd(Exception, metaclass=Meta): pass\nraise Odd"
        )
        self.assertEqual(self.run_action(code)["status"], "error")

    def test_the_message_of_an_exception_is_bounded(self):
        error = self.run_action("raise ValueError('x' * 10_000_000)")["error"]
        self.assertLess(len(error["message"]) + len(error["traceback"]), 50_000)

    def test_a_memory_error_says_how_much_there_is(self):
        error = self.run_action("raise MemoryError")["error"]
        self.assertIn("Python may use 2147 MB here", error["message"])
        self.assertIn("restart Python", error["traceback"])


if __name__ == "__main__":
    unittest.main()
