import asyncio
import base64
import importlib.util
import sys
import tempfile
import unittest
from pathlib import Path
from unittest.mock import patch

from harness_package import FOLDER, ScriptedHost
from playground_harness.displays import Displays
from playground_harness.packages import Packages

PNG = b"\x89PNG\r\n\x1a\n"


def load_notebook():
    """Our own small `IPython`, under that name, and its `display` module."""
    where = FOLDER / "notebook" / "__init__.py"
    spec = importlib.util.spec_from_file_location("IPython", where, submodule_search_locations=[str(where.parent)])
    module = sys.modules["IPython"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, sys.modules["IPython.display"]


class NotebookTest(unittest.TestCase):
    def setUp(self):
        modules = patch.dict(sys.modules)
        modules.start()
        self.addCleanup(modules.stop)
        self.ipython, self.display = load_notebook()
        self.displays = Displays()
        self.displays.patch_ipython(self.display)

    def shown(self, *values):
        self.display.display(*values)
        return [(item["mime"], item["data"]) for item in self.displays.finish()]


class ClassesOfDisplay(NotebookTest):
    def test_each_text_is_shown_as_what_it_is(self):
        d = self.display
        values = (d.HTML("<i>"), d.Markdown("*x*"), d.Latex("$x$"), d.Math("$x$"), d.SVG("<svg/>"), d.Javascript("f()"))
        self.assertEqual(
            self.shown(*values),
            [
                ("text/html", "<i>"),
                ("text/markdown", "*x*"),
                ("text/latex", "$x$"),
                ("text/latex", "$\\displaystyle x$"),
                ("image/svg+xml", "<svg/>"),
                ("text/html", "<script>f()</script>"),
            ],
        )

    def test_code_is_escaped(self):
        self.assertEqual(self.shown(self.display.Code("a < b")), [("text/html", "<pre><code>a &lt; b</code></pre>")])

    def test_json_is_taken_as_a_value_or_as_its_text(self):
        shown = self.shown(self.display.JSON({"a": 1}), self.display.JSON('{"a": 1}'))
        self.assertEqual(shown, [("application/json", '{"a": 1}')] * 2)

    def test_an_image_is_known_by_its_bytes(self):
        encoded = base64.b64encode(PNG).decode()
        shown = self.shown(self.display.Image(PNG), self.display.Image(encoded))
        self.assertEqual(shown, [("image/png", encoded)] * 2)

    def test_an_image_with_a_size_keeps_it(self):
        ((mime, data),) = self.shown(self.display.Image(data=PNG, width=40))
        self.assertEqual(mime, "text/html")
        self.assertIn('width="40"', data)

    def test_an_image_is_read_from_its_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.png"
            path.write_bytes(PNG)
            for image in (self.display.Image(str(path)), self.display.Image(filename=path)):
                self.assertEqual(image._repr_mimebundle_(), {"image/png": PNG})

    def test_what_needs_a_player_says_so(self):
        with self.assertRaisesRegex(ImportError, "Audio cannot be shown here"):
            self.display.Audio  # noqa: B018
        with self.assertRaises(AttributeError):
            self.display.no_such_name  # noqa: B018

    def test_there_is_no_shell(self):
        self.assertIsNone(self.ipython.get_ipython())


class WholePackage(NotebookTest):
    def load_for(self, *modules):
        host = ScriptedHost({"IPython": "ipython"})
        asyncio.run(Packages(host).load_for(modules))
        return host.loaded

    def test_displays_need_no_package(self):
        self.assertEqual(self.load_for("IPython.display", "IPython"), [])
        self.assertIn("IPython", sys.modules)

    def test_anything_else_is_the_package_and_ours_makes_room(self):
        self.assertEqual(self.load_for("IPython.display", "IPython.core.magic"), ["ipython"])
        self.assertNotIn("IPython", sys.modules)
        self.assertNotIn("IPython.display", sys.modules)


if __name__ == "__main__":
    unittest.main()
