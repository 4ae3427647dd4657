import asyncio
import importlib
import importlib.util
import json
import pathlib
import sys
import tempfile
import unittest

from harness_package import ScriptedHost
from playground_harness.ahead import Ahead
from playground_harness.packages import Packages

FILES = {
    "outer/__init__.py": "from . import near\nfrom .far.away import thing as other\nimport alone\ndef f():\n    import lazy",
    "outer/near.py": "import json, beside",
    "outer/unused.py": "",
    "outer/far/__init__.py": "",
    "outer/far/away.py": "from ..shared import *\nthing = 1",
    "outer/shared.py": "",
    "alone.py": "x = 1",
    "beside.py": "try:\n    import missing\nexcept ImportError:\n    pass",
    "lazy.py": "",
    "broken.py": "def (",
}


class LookingAhead(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for name, code in FILES.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(code)
        self.host = ScriptedHost({"outer": "outer-pkg", "sklearn": "scikit-learn", "numpy": "numpy"})
        self.ahead = Ahead(Packages(self.host), self.folder)

    def look(self, modules=(), requirements=()):
        return json.loads(self.ahead.begin(json.dumps({"modules": list(modules), "requirements": list(requirements)})))

    def compiled(self):
        while self.ahead.compile_next():
            pass
        caches = self.folder.rglob("__pycache__/*.pyc")
        return sorted(str(importlib.util.source_from_cache(str(path)))[len(str(self.folder)) + 1 :] for path in caches)

    def test_packages_on_board_are_named_by_their_modules_and_by_what_is_installed(self):
        self.assertEqual(self.look(["outer.near", "os"]), ["outer-pkg"])
        self.assertEqual(self.look([], ["sklearn>=1", "rich"]), ["micropip", "scikit-learn"])

    def test_what_an_import_executes_is_compiled_and_nothing_else(self):
        self.look(["outer"])
        self.assertEqual(
            self.compiled(),
            [
                "alone.py",
                "beside.py",
                "outer/__init__.py",
                "outer/far/__init__.py",
                "outer/far/away.py",
                "outer/near.py",
                "outer/shared.py",
            ],
        )
        self.assertFalse({"outer", "alone", "beside"} & set(sys.modules))

    def test_the_import_takes_what_was_compiled(self):
        self.look(["alone"])
        self.compiled()
        source = self.folder / "alone.py"
        about = source.stat()
        # The same time and length, so that Python takes the compiled file for this one's.
        source.write_text("x = 2")
        import os

        os.utime(source, ns=(about.st_atime_ns, about.st_mtime_ns))
        sys.path.insert(0, str(self.folder))
        self.addCleanup(sys.path.remove, str(self.folder))
        self.addCleanup(sys.modules.pop, "alone", None)
        self.assertEqual(importlib.import_module("alone").x, 1)

    def test_a_file_that_does_not_compile_is_left_to_its_import(self):
        self.look(["broken", "alone"])
        self.assertEqual(self.compiled(), ["alone.py"])

    def test_a_new_look_ends_the_one_before(self):
        self.look(["outer"])
        self.ahead.compile_next()
        self.look(["lazy"])
        self.assertEqual(self.compiled(), ["lazy.py", "outer/__init__.py"])

    def test_packages_that_are_imported_already_are_left_alone(self):
        self.assertEqual(asyncio.run(Packages(self.host).load_for(["json", "os.path"])), None)
        self.assertEqual(self.host.loaded, [])


if __name__ == "__main__":
    unittest.main()
