import base64
import contextlib
import io
import json
import sys
import unittest
from types import SimpleNamespace
from unittest.mock import MagicMock, patch

import harness_package  # noqa: F401  (makes the package importable)
from playground_harness import displays, representations
from playground_harness.displays import Displays


def shows(**methods):
    """A value whose type has `methods`, named without their underscores; each gives what it is told, or raises it."""

    def method(result):
        def call(self, *_arguments, **_options):
            if isinstance(result, BaseException):
                raise result
            return result

        return call

    return type("Value", (), {f"_repr_{name}_": method(result) for name, result in methods.items()})()


class Broken:
    def __repr__(self):
        raise RuntimeError("no\nway")


class DisplaysOfValues(unittest.TestCase):
    def setUp(self):
        self.displays = Displays()

    def shown(self, *values, **options):
        """What `display` of each value shows, and what goes to stdout and stderr meanwhile."""
        self.out, self.err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(self.out), contextlib.redirect_stderr(self.err):
            self.displays.display(*values, **options)
            return [(item["mime"], item["data"]) for item in self.displays.finish()]

    def test_the_richest_form_is_shown_once(self):
        table = shows(latex="$x$", html="<table></table>")
        self.assertEqual(self.shown(table), [("text/html", "<table></table>")])

    def test_each_form_of_the_protocol_is_known(self):
        for name, mime in (
            ("svg", "image/svg+xml"),
            ("markdown", "text/markdown"),
            ("latex", "text/latex"),
        ):
            self.displays.begin()
            self.assertEqual(self.shown(shows(**{name: "text"})), [(mime, "text")])

    def test_binary_forms_cross_as_base64(self):
        encoded = base64.b64encode(b"\x89PNG").decode()
        self.assertEqual(self.shown(shows(html=None, png=b"\x89PNG")), [("image/png", encoded)])
        self.displays.begin()
        self.assertEqual(self.shown(shows(jpeg=(b"\x89PNG", {"width": 3}))), [("image/jpeg", encoded)])

    def test_json_crosses_as_text_whether_it_came_as_text_or_as_a_value(self):
        shown = self.shown(shows(json={"a": [1, {2}]}), shows(json='{"b": 1}'))
        self.assertEqual([json.loads(data) for _, data in shown], [{"a": [1, "{2}"]}, {"b": 1}])

    def test_a_bundle_gives_its_richest_entry_and_a_chart_before_that(self):
        bundle = shows(mimebundle={"text/plain": "x", "text/markdown": "*x*", "text/html": "<i>x</i>"})
        self.assertEqual(self.shown(bundle), [("text/html", "<i>x</i>")])
        self.displays.begin()
        chart = shows(mimebundle=({"text/html": "<b>", "application/vnd.vegalite.v5+json": {"mark": "bar"}}, {}))
        self.assertEqual(self.shown(chart), [("application/vnd.vegalite.v5+json", '{"mark": "bar"}')])

    def test_a_bundle_without_anything_known_leaves_the_word_to_the_methods(self):
        value = shows(mimebundle={"text/plain": "x"}, markdown="*x*")
        self.assertEqual(self.shown(value), [("text/markdown", "*x*")])

    def test_a_bundle_can_be_displayed_raw(self):
        self.assertEqual(self.shown({"text/html": "<i>x</i>"}, raw=True), [("text/html", "<i>x</i>")])

    def test_plain_values_classes_and_objects_that_answer_to_every_name_are_not_shown(self):
        for value in (1, "text", type(shows(html="x")), MagicMock(), sys):
            self.assertFalse(self.displays.add(value))
        self.assertEqual(self.displays.finish(), [])

    def test_a_form_that_raises_leaves_the_word_to_the_next_with_a_remark(self):
        value = shows(html=RuntimeError("no\nway"), markdown="*x*")
        self.assertEqual(self.shown(value), [("text/markdown", "*x*")])
        self.assertEqual(self.err.getvalue(), "_repr_html_ of Value raised RuntimeError: no way\n")

    def test_a_form_that_ends_python_or_is_not_implemented_does_not_hide_the_value(self):
        self.assertEqual(self.shown(shows(html=SystemExit(3), latex="$x$")), [("text/latex", "$x$")])
        self.displays.begin()
        self.assertEqual(self.shown(shows(html=NotImplementedError(), latex="$x$")), [("text/latex", "$x$")])
        self.assertEqual(self.err.getvalue(), "")

    def test_an_interrupt_within_a_form_is_not_swallowed(self):
        with self.assertRaises(KeyboardInterrupt):
            self.displays.add(shows(html=KeyboardInterrupt()))

    def test_a_form_that_gives_no_text_leaves_the_word_to_the_next_with_a_remark(self):
        self.assertEqual(self.shown(shows(html=3, markdown="*x*")), [("text/markdown", "*x*")])
        self.assertEqual(self.err.getvalue(), "_repr_html_ of Value gave int, which is no text\n")

    def test_a_form_that_is_too_long_leaves_the_word_to_the_next_with_a_remark(self):
        value = shows(html="x" * (representations.MAX_CHARS + 1), markdown="*x*")
        self.assertEqual(self.shown(value), [("text/markdown", "*x*")])
        self.assertIn("8,000,001 characters", self.err.getvalue())

    def test_a_value_that_shows_itself_does_so(self):
        harness = self.displays

        class Shower:
            def _ipython_display_(self):
                harness.display(shows(html="<i>itself</i>"))

        self.assertEqual(self.shown(Shower()), [("text/html", "<i>itself</i>")])

    def test_a_value_that_cannot_show_itself_is_shown_by_its_other_forms(self):
        class Shower:
            def _ipython_display_(self):
                raise ValueError("no")

            def _repr_html_(self):
                return "<i>x</i>"

        self.assertEqual(self.shown(Shower()), [("text/html", "<i>x</i>")])
        self.assertEqual(self.err.getvalue(), "_ipython_display_ of Shower raised ValueError: no\n")

    def test_display_prints_what_has_no_rich_form_in_order(self):
        self.shown(shows(html="x"), "text", 3, Broken())
        self.assertEqual(self.out.getvalue(), "text\n3\n<Broken: its repr() raised RuntimeError: no way>\n")

    def test_a_display_with_an_id_is_updated_in_its_place(self):
        handle = None
        with contextlib.redirect_stdout(io.StringIO()):
            handle = self.displays.display(shows(html="one"), display_id=True)
            self.displays.display(shows(html="two"), display_id="mine")
            handle.update(shows(html="three"))
            self.displays.update("plain", display_id="mine")
        self.assertEqual([item["data"] for item in self.displays.finish()], ["three", "'plain'"])

    def test_clear_takes_back_what_was_shown(self):
        self.displays.add(shows(html="one"))
        self.displays.clear(wait=True)
        self.displays.add(shows(html="two"))
        self.assertEqual([item["data"] for item in self.displays.finish()], ["two"])

    def test_displays_are_bounded_and_the_rest_is_counted(self):
        shown = self.shown(*[shows(html="x") for _ in range(displays.MAX_DISPLAYS + 2)])
        self.assertEqual(len(shown), displays.MAX_DISPLAYS)
        self.assertIn("2 more displays", self.err.getvalue())

    def test_displays_are_bounded_together_too(self):
        length = representations.MAX_CHARS
        shown = self.shown(*[shows(html="x" * length)] * 5)
        self.assertLessEqual(sum(len(data) for _, data in shown), displays.MAX_TOTAL_CHARS)
        self.assertIn(f"{5 - displays.MAX_TOTAL_CHARS // length} more displays", self.err.getvalue())

    def test_remarks_are_bounded(self):
        self.shown(*[shows(html=RuntimeError("no"))] * 1000)
        self.assertEqual(len(self.err.getvalue().splitlines()), displays.MAX_REMARKS)

    def test_each_action_begins_with_none(self):
        self.displays.add(shows(html="x"))
        self.displays.begin()
        self.assertEqual(self.displays.finish(), [])

    def test_show_becomes_the_one_that_shows_at_once(self):
        pyplot = SimpleNamespace(show=None, get_fignums=lambda: [])
        self.displays.patch_pyplot(pyplot)
        self.assertIsNone(pyplot.show(block=False))

    def test_a_figure_of_plotly_brings_its_library_along(self):
        class BaseFigure:
            def _ipython_display_(self):
                raise AssertionError("asks for a browser window")

            _repr_mimebundle_ = _ipython_display_

            def to_html(self, **options):
                return f"<script>{sorted(options.items())}</script>"

        self.displays.patch_plotly(SimpleNamespace(BaseFigure=BaseFigure))
        html = "<script>[('full_html', False), ('include_plotlyjs', True)]</script>"
        BaseFigure().show(renderer="browser")
        self.assertEqual(self.shown(BaseFigure()), [("text/html", html)] * 2)

    def test_a_figure_that_cannot_be_drawn_is_told_and_closed(self):
        closed = []
        Figure = type("Figure", (), {"__module__": "matplotlib.figure", "dpi": 100, "savefig": None})
        Figure.get_size_inches = lambda figure: (4, 3)
        with patch.dict(sys.modules, {"matplotlib.pyplot": SimpleNamespace(close=closed.append)}):
            self.assertEqual(self.shown(figure := Figure()), [])
        self.assertEqual(closed, [figure])
        self.assertIn("The figure could not be drawn: TypeError", self.err.getvalue())


if __name__ == "__main__":
    unittest.main()
