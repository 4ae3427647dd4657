import ast
import unittest

import harness_package  # noqa: F401  (makes the package importable)
from playground_harness import source


def made(code, names=()):
    """The code that `code` becomes."""
    return ast.unparse(source.parse(code, "<action>", names))


class Installs(unittest.TestCase):
    def test_notebook_installs_become_awaited_calls(self):
        for line in (
            "%pip install rich",
            "!pip install rich",
            "pip install rich",
            "!pip3 install rich",
            "! python -m pip install rich",
        ):
            with self.subTest(line):
                self.assertEqual(made(line), "await __pip_install__('rich')")

    def test_the_other_lines_keep_their_numbers(self):
        tree = source.parse("x = 1\nif x:\n    !pip install -q rich\ny = 2", "<action>")
        self.assertEqual([node.lineno for node in tree.body], [1, 2, 4])

    def test_text_that_looks_like_an_install_stays_text(self):
        code = "hint = '''\npip install rich\n'''"
        self.assertEqual(ast.literal_eval(ast.parse(made(code)).body[0].value), "\npip install rich\n")

    def test_matplotlib_magic_is_left_out(self):
        self.assertEqual(made("%matplotlib inline\nx = 1"), "pass\nx = 1")

    def test_a_forgotten_await_is_added_at_top_level(self):
        self.assertEqual(made("micropip.install('rich')"), "await micropip.install('rich')")
        self.assertEqual(made("if True:\n    micropip.install('rich')"), "if True:\n    await micropip.install('rich')")

    def test_an_await_that_is_there_is_not_doubled(self):
        self.assertEqual(made("await micropip.install('rich')"), "await micropip.install('rich')")

    def test_no_await_where_python_forbids_it(self):
        code = "def setup():\n    micropip.install('rich')"
        self.assertEqual(made(code), code)


class FinalAnswerName(unittest.TestCase):
    def test_a_variable_of_that_name_does_not_hide_the_function(self):
        self.assertEqual(
            made("final_answer = 3\nfinal_answer(final_answer)"),
            "final_answer_value = 3\nfinal_answer(final_answer_value)",
        )

    def test_a_later_action_finds_the_variable(self):
        self.assertEqual(made("print(final_answer)", {"final_answer_value": 3}), "print(final_answer_value)")

    def test_the_function_is_left_alone_where_no_such_variable_is(self):
        self.assertEqual(made("tell = final_answer"), "tell = final_answer")


class Reading(unittest.TestCase):
    def test_imports_are_found_anywhere_in_the_code(self):
        tree = ast.parse(
            "import os.path\ndef f():\n    from numpy.linalg import inv\n"
            "try:\n    import pandas as pd\nexcept ImportError: pass\nfrom . import x"
        )
        self.assertEqual(source.imported(tree), ["os.path", "numpy.linalg", "pandas"])

    def test_parses_tells_python_from_prose(self):
        self.assertTrue(source.parses("x = 1\nprint(x)"))
        self.assertTrue(source.parses("await f()"))
        self.assertTrue(source.parses("%pip install rich"))
        self.assertFalse(source.parses("The answer is 42."))
        self.assertFalse(source.parses("a\0b"))


if __name__ == "__main__":
    unittest.main()
