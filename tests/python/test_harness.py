import asyncio
import builtins
import json
import signal
import sys
import time
import unittest

from harness_package import ScriptedHost
from playground_harness import harness, shortened


class HarnessCase(unittest.TestCase):
    """One harness a test; the builtins and hooks that it installs are taken back."""

    def setUp(self):
        kept = (builtins.input, time.sleep, list(sys.meta_path), sys.stdin, sys.stdout, sys.stderr)
        self.addCleanup(self.give_back, *kept)
        self.host = ScriptedHost({"numpy_on_board": "numpy"})
        self.namespace = {"__name__": "__main__"}
        self.harness = harness.Harness(self.namespace, self.host)
        self.harness.install()

    def give_back(self, input_, sleep, meta_path, stdin, stdout, stderr):
        builtins.input, time.sleep = input_, sleep
        sys.meta_path[:] = meta_path
        sys.stdin, sys.stdout, sys.stderr = stdin, stdout, stderr

    def run_action(self, code):
        return json.loads(asyncio.run(self.harness.run(code)))


class Values(HarnessCase):
    def test_the_last_expression_is_the_value(self):
        self.assertEqual(self.run_action("x = 6\nx * 7")["value"], "42")

    def test_none_and_statements_have_no_value(self):
        self.assertIsNone(self.run_action("None")["value"])
        self.assertIsNone(self.run_action("x = 1")["value"])
        self.assertIsNone(self.run_action("")["value"])

    def test_a_long_value_is_cut_in_the_middle(self):
        value = self.run_action("'x' * 100_000")["value"]
        self.assertLess(len(value), shortened.LIMIT + 100)
        self.assertIn("80002 characters left out", value)

    def test_names_live_on_in_the_next_action(self):
        self.run_action("def double(x): return 2 * x")
        self.assertEqual(self.run_action("double(4)")["value"], "8")

    def test_await_works_at_top_level(self):
        told = self.run_action("import asyncio\nawait asyncio.sleep(0)\nawait asyncio.sleep(0, 'slept')")
        self.assertEqual(told["value"], "'slept'")

    def test_the_preload_is_there_for_the_first_action(self):
        self.harness.preload("import math as preloaded_math")
        self.assertEqual(self.run_action("preloaded_math.floor(2.5)")["value"], "2")


class Failures(HarnessCase):
    def test_an_exception_is_told_with_its_line_and_own_frames_only(self):
        error = self.run_action("import json\ndef read(text):\n    return json.loads(text)\nread('{')")["error"]
        self.assertEqual((error["type"], error["line"]), ("JSONDecodeError", 3))
        self.assertIn("File \"<action>\", line 4, in <module>\n    read('{')", error["traceback"])
        self.assertIn('File "<action>", line 3, in read\n    return json.loads(text)', error["traceback"])
        self.assertNotIn("harness", error["traceback"])
        self.assertNotIn("decoder.py", error["traceback"])

    def test_a_function_of_an_earlier_action_shows_its_own_source(self):
        self.run_action("def broken():\n    return 1 / 0")
        error = self.run_action("x = 1\n\nbroken()")["error"]
        self.assertEqual(error["line"], 3)
        self.assertIn("return 1 / 0", error["traceback"])

    def test_a_chain_of_exceptions_is_kept(self):
        error = self.run_action("try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('no a') from e")[
            "error"
        ]
        self.assertEqual(error["message"], "no a")
        self.assertIn("KeyError: 'a'", error["traceback"])
        self.assertIn("direct cause", error["traceback"])

    def test_a_syntax_error_names_the_line(self):
        told = self.run_action("x = 1\nprint('a'")
        self.assertEqual((told["status"], told["error"]["type"], told["error"]["line"]), ("error", "SyntaxError", 2))
        self.assertIn("<action>", told["error"]["traceback"])
        self.assertNotIn("Traceback", told["error"]["traceback"])

    def test_exit_is_an_error_and_python_goes_on(self):
        told = self.run_action("import sys\nsys.exit(3)")
        self.assertEqual(
            (told["status"], told["error"]["type"], told["error"]["message"]), ("error", "SystemExit", "3")
        )
        self.assertEqual(self.run_action("1 + 1")["value"], "2")

    def test_a_broken_repr_of_a_value_is_told_in_its_place(self):
        told = self.run_action("class Bad:\n    def __repr__(self): raise ValueError('no repr')\nBad()")
        self.assertEqual(told["status"], "ok")
        self.assertEqual(told["value"], "<Bad: its repr() raised ValueError: no repr>")

    def test_a_broken_str_of_an_exception_is_an_error_of_the_action(self):
        told = self.run_action("class Odd(Exception):\n    def __str__(self): raise ValueError\nraise Odd")
        self.assertEqual(told["error"]["type"], "Odd")

    def test_an_action_that_took_stdout_away_does_not_silence_the_next(self):
        self.run_action("import sys, io\nsys.stdout = io.StringIO()\n1 / 0")
        self.assertEqual(self.run_action("import sys\nsys.stdout is sys.__stdout__")["value"], "True")


class Stops(HarnessCase):
    def test_a_signal_interrupts_code_that_computes_and_variables_stay(self):
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        told = self.run_action("x = 5\nwhile True: pass")
        self.assertEqual(told["status"], "interrupted")
        self.assertEqual(self.run_action("x")["value"], "5")

    def test_sleep_hears_a_signal(self):
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        started_at = time.monotonic()
        self.assertEqual(self.run_action("import time\ntime.sleep(20)")["status"], "interrupted")
        self.assertLess(time.monotonic() - started_at, 2)

    def test_sleep_takes_its_time_in_slices(self):
        self.run_action("import time\ntime.sleep(0.12)")
        self.assertIn(len(self.host.pauses), (3, 4))
        self.assertLessEqual(max(self.host.pauses), harness.SLEEP_SLICE * 1000)
        self.assertEqual(self.run_action("import time\ntime.sleep(-1)")["error"]["type"], "ValueError")

    def test_what_is_awaited_is_cancelled(self):
        async def stopped():
            running = asyncio.ensure_future(self.harness.run("import asyncio\nawait asyncio.sleep(30)"))
            await asyncio.sleep(0.05)
            self.harness.interrupt()
            return json.loads(await running)

        self.assertEqual(asyncio.run(stopped())["status"], "interrupted")

    def test_a_cancelling_of_the_codes_own_is_an_error(self):
        told = self.run_action("import asyncio\nraise asyncio.CancelledError")
        self.assertEqual((told["status"], told["error"]["type"]), ("error", "CancelledError"))


class Answers(HarnessCase):
    def test_final_answer_ends_the_action_and_is_kept_as_text(self):
        told = self.run_action("final_answer(6 * 7)\nraise ValueError('never reached')")
        self.assertEqual((told["status"], told["answer"]), ("ok", "42"))

    def test_except_exception_does_not_swallow_it(self):
        self.assertEqual(self.run_action("try:\n    final_answer('a')\nexcept Exception:\n    pass")["answer"], "a")

    def test_it_survives_a_variable_of_the_same_name(self):
        self.run_action("final_answer = 12")
        self.assertEqual(self.run_action("final_answer(final_answer + 1)")["answer"], "13")

    def test_named_and_several_values_are_taken_too(self):
        self.assertEqual(self.run_action("final_answer(answer='yes')")["answer"], "yes")
        self.assertEqual(self.run_action("final_answer('a', 2)")["answer"], "a 2")

    def test_the_next_action_begins_without_an_answer(self):
        self.run_action("final_answer(1)")
        self.assertIsNone(self.run_action("2")["answer"])


class PackagesOnBoard(HarnessCase):
    def test_imports_are_loaded_before_the_action_runs(self):
        self.run_action("def f():\n    import numpy_on_board.linalg")
        self.assertEqual(self.host.loaded, ["numpy"])

    def test_a_package_that_is_not_on_board_is_told_in_one_line(self):
        error = self.run_action("import no_such_package_here")["error"]
        self.assertEqual(error["type"], "ModuleNotFoundError")
        self.assertIn("not on board", error["message"])
        self.assertNotIn("\n", error["message"])

    def test_a_refused_load_is_told_by_its_code(self):
        self.host.refusal = "TypeError: hash_mismatch: A file does not have the hash that its lock names.\nmore"
        error = self.run_action("import numpy_on_board")["error"]
        self.assertEqual(
            error["message"],
            "numpy could not be loaded: hash_mismatch: A file does not have the hash that its lock names.",
        )

    def test_pip_refuses_a_requirements_file(self):
        error = self.run_action("%pip install -r requirements.txt")["error"]
        self.assertEqual(error["type"], "PackageError")
        self.assertIn("%pip install", error["traceback"])


if __name__ == "__main__":
    unittest.main()
