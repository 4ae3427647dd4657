import importlib
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

from harness_package import FOLDER  # noqa: F401  (makes the package importable)
from playground_harness.hooks import AfterImport


class Patches(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.archive = str(Path(folder.name) / "modules.zip")
        with zipfile.ZipFile(self.archive, "w") as archive:
            archive.writestr("hooked/__init__.py", "")
            archive.writestr("hooked/first.py", "from hooked import second\nname = 'first'\n")
            archive.writestr("hooked/second.py", "name = 'second'\n")
        kept = list(sys.meta_path)
        sys.path.insert(0, self.archive)
        self.addCleanup(self.give_back, kept)

    def give_back(self, meta_path):
        sys.meta_path[:] = meta_path
        sys.path.remove(self.archive)
        for name in [name for name in sys.modules if name.partition(".")[0] == "hooked"]:
            del sys.modules[name]

    def test_only_the_module_that_is_named_is_patched_though_its_loader_is_shared(self):
        patched = []
        AfterImport({"hooked.first": lambda module: patched.append(module.name)}).install()
        first = importlib.import_module("hooked.first")
        self.assertEqual((patched, first.second.name), (["first"], "second"))
        self.assertEqual(first.__loader__.get_source("hooked.first"), "from hooked import second\nname = 'first'\n")

    def test_a_module_that_is_imported_already_is_patched_at_once(self):
        second = importlib.import_module("hooked.second")
        AfterImport({"hooked.second": lambda module: setattr(module, "name", "patched")}).install()
        self.assertEqual(second.name, "patched")


if __name__ == "__main__":
    unittest.main()
