import contextlib
import io
import sys
import unittest

from test_harness import HarnessCase


class Lines(HarnessCase):
    def run_typed(self, code, *lines):
        """Runs `code` while `lines` are typed; the value, or the error, and what a terminal would show."""
        self.host.lines = list(lines)
        shown = io.TextIOWrapper(io.BytesIO(), write_through=True)
        kept, sys.__stdout__ = sys.__stdout__, shown
        sys.stdout = shown
        # Anew, since it puts the streams back that it found.
        self.harness.install()
        try:
            told = self.run_action(code)
        finally:
            sys.__stdout__ = kept
        return told["value"] or told["error"], shown.buffer.getvalue().decode()

    def test_input_asks_and_prints_the_prompt_and_what_is_typed(self):
        value, shown = self.run_typed("input('Name? ') + input('Age? ')", "Ada", "36")
        self.assertEqual(value, "'Ada36'")
        self.assertEqual(shown, "Name? Ada\nAge? 36\n")
        self.assertEqual([query["request"]["prompt"] for query in self.host.queries], ["Name? ", "Age? "])

    def test_it_asks_in_functions_loops_comprehensions_and_sort_keys(self):
        value, _ = self.run_typed("def ask(): return int(input())\n[ask() for _ in range(3)]", "1", "2", "3")
        self.assertEqual(value, "[1, 2, 3]")
        value, _ = self.run_typed("sorted('abc', key=lambda letter: input(letter))", "3", "1", "2")
        self.assertEqual(value, "['b', 'c', 'a']")

    def test_a_declined_line_is_the_end_of_the_input(self):
        error, shown = self.run_typed("input('Go? ')", None)
        self.assertEqual(error["type"], "EOFError")
        self.assertTrue(error["message"].startswith("input_declined: "))
        self.assertEqual(shown, "Go? \n")
        value, _ = self.run_typed("import sys\n[line.strip() for line in sys.stdin]", "a", "b", None)
        self.assertEqual(value, "['a', 'b']")

    def test_where_nobody_is_there_it_says_so(self):
        error, _ = self.run_typed("input()")
        self.assertTrue(error["message"].startswith("input_unavailable: "))
        error, _ = self.run_typed("import sys\nsys.stdin.readline()")
        self.assertTrue(error["message"].startswith("input_unavailable: "))

    def test_a_password_is_not_printed(self):
        value, shown = self.run_typed("import getpass\ngetpass.getpass('Key: ')", "secret")
        self.assertEqual((value, shown), ("'secret'", "Key: \n"))
        self.assertTrue(self.host.queries[0]["request"]["isMasked"])

    def test_a_file_in_the_place_of_stdin_is_read_and_nobody_is_asked(self):
        value, _ = self.run_typed("import io, sys\nsys.stdin = io.StringIO('42\\n')\ninput()")
        self.assertEqual((value, self.host.queries), ("'42'", []))
        self.assertEqual(self.run_typed("input()", "typed")[0], "'typed'")

    def test_output_that_is_sent_elsewhere_does_not_take_what_is_typed_along(self):
        with contextlib.redirect_stdout(io.StringIO()):
            code = "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as out:\n    input('a')\nout.getvalue()"
            value, shown = self.run_typed(code, "typed")
        self.assertEqual((value, shown), ("'a'", "typed\n"))


if __name__ == "__main__":
    unittest.main()
