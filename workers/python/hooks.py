"""Runs a function on a module right after its import, wherever in the code of an action that happens."""

import importlib.util
import sys


class AfterImport:
    """A finder (`sys.meta_path`) that finds nothing itself: it lets a module of `patches` load and then patches it.

    `patches` has a function of one argument, the module, by the module's full name.
    """

    def __init__(self, patches):
        self._patches = patches
        self._searching = set()

    def install(self):
        """Puts the finder first."""
        sys.meta_path.insert(0, self)

    def find_spec(self, name, path=None, target=None):
        patch = self._patches.get(name)
        if patch is None or name in self._searching:
            return None
        self._searching.add(name)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self._searching.discard(name)
        if spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def execute_and_patch(module):
            execute(module)
            patch(module)

        spec.loader.exec_module = execute_and_patch
        return spec
