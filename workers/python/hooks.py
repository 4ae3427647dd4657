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
        """Puts the finder first, and patches what is imported already."""
        sys.meta_path.insert(0, self)
        for name, patch in self._patches.items():
            if name in sys.modules:
                patch(sys.modules[name])

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
        spec.loader = _ThenPatch(spec.loader, patch)
        return spec


class _ThenPatch:
    """A loader that lets another one execute a module and patches it then. The other one may be shared by modules (those
    of one folder of a zip file are), so it is not touched."""

    def __init__(self, loader, patch):
        self._loader = loader
        self._patch = patch

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._patch(module)
