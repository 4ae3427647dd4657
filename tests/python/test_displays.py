import base64
import unittest
from types import SimpleNamespace
from unittest.mock import patch

import harness_package  # noqa: F401  (makes the package importable)
from playground_harness import displays
from playground_harness.displays import Displays


class Table:
    def _repr_html_(self):
        return "<table></table>"

    def _repr_latex_(self):
        return "$x$"


class Picture:
    def _repr_html_(self):
        return None

    def _repr_png_(self):
        return b"\x89PNG"


class Broken:
    def _repr_html_(self):
        raise RuntimeError("no")


class DisplaysOfValues(unittest.TestCase):
    def setUp(self):
        self.displays = Displays()

    def test_the_richest_form_is_shown_once(self):
        self.assertTrue(self.displays.add(Table()))
        self.assertEqual(self.displays.finish(), [{"mime": "text/html", "data": "<table></table>"}])

    def test_binary_forms_cross_as_base64(self):
        self.displays.add(Picture())
        self.assertEqual(self.displays.finish(), [{"mime": "image/png", "data": base64.b64encode(b"\x89PNG").decode()}])

    def test_plain_values_classes_and_broken_forms_are_not_shown(self):
        for value in (1, "text", Table, Broken()):
            self.assertFalse(self.displays.add(value))
        self.assertEqual(self.displays.finish(), [])

    def test_display_prints_what_has_no_rich_form(self):
        with patch("builtins.print") as printed:
            self.displays.display(Table(), "text", 3)
        self.assertEqual([call.args for call in printed.call_args_list], [("text",), ("3",)])

    def test_displays_are_bounded_and_the_rest_is_counted(self):
        for _ in range(displays.MAX_DISPLAYS + 2):
            self.displays.add(Table())
        with patch("builtins.print") as printed:
            self.assertEqual(len(self.displays.finish()), displays.MAX_DISPLAYS)
        self.assertIn("2 more displays", printed.call_args.args[0])

    def test_each_action_begins_with_none(self):
        self.displays.add(Table())
        self.displays.begin()
        self.assertEqual(self.displays.finish(), [])

    def test_show_becomes_the_one_that_shows_at_once(self):
        pyplot = SimpleNamespace(show=None, get_fignums=lambda: [])
        self.displays.patch_pyplot(pyplot)
        self.assertIsNone(pyplot.show(block=False))


if __name__ == "__main__":
    unittest.main()
