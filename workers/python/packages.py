"""Packages: those that an action imports are loaded before it runs, and `pip install` in its forms goes to micropip.

`host` is the worker's part (workers/python/packages.ts), or a scripted one in tests:
`host.packageOf(name)` names the package on board that has the top-level module `name`, or None;
`host.packageNamed(name)` the one of that name, as indexes write it;
`await host.load(names)` loads packages that are on board.
"""

import importlib
import shlex
import sys

from . import absent
from . import names as package_names
from .resolver import Resolver, reason

# The modules of our own small `IPython`, which needs no loading.
NOTEBOOK = ("IPython", "IPython.display")


class PackageError(Exception):
    """A package could not be loaded or installed; the message is one line and says why."""


# Tracebacks name it after the tool that the action used, not after a module of ours.
PackageError.__module__ = "micropip"


class Packages:
    """Loads packages for actions; `index_urls` are the addresses of package indexes for micropip."""

    def __init__(self, host, index_urls=()):
        self._host = host
        self._index_urls = list(index_urls)
        self._resolver = Resolver()

    async def load_for(self, modules):
        """Loads the packages on board that have `modules` (full names) and are not imported yet."""
        names = {}
        for module in modules:
            top = module.partition(".")[0]
            if top == "IPython" and self._is_notebook_enough(module):
                continue
            package = None if top in sys.modules else self._host.packageOf(top)
            if package is not None:
                names[package] = None
        if names:
            await self._load(list(names))

    def on_board_for(self, modules, requirements):
        """The packages on board that code with these imports and installs will load; nothing is changed."""
        names = {"micropip": None} if requirements else {}
        for module in modules:
            top = module.partition(".")[0]
            # Our own small `IPython` may be enough, which only the import itself finds out.
            package = None if top in sys.modules or top == "IPython" else self._host.packageOf(top)
            if package is not None:
                names[package] = None
        for requirement in requirements:
            text = (package_names.renamed(requirement, self._distribution_of) or (requirement,))[0]
            package = self._host.packageNamed(package_names.name_of(text))
            if package is not None:
                names[package] = None
        return list(names)

    def _is_notebook_enough(self, module):
        """True where our own small `IPython` (notebook/) has `module`; else that one makes room for the whole package."""
        if module in NOTEBOOK:
            return True
        for name in NOTEBOOK:
            if getattr(sys.modules.get(name), "IS_NOTEBOOK", False):
                del sys.modules[name]
        return False

    def load_now(self, module):
        """Loads the package of `module` in the middle of an action; False where there is none or it cannot be."""
        package = None if "." in module else self._host.packageOf(module)
        if package is None:
            return False
        try:
            from pyodide.ffi import can_run_sync, run_sync
        except ImportError:
            return False
        if not can_run_sync():
            return False
        run_sync(self._load([package]))
        return True

    async def _load(self, names):
        try:
            await self._host.load(names)
        except Exception as thrown:
            raise PackageError(f"{_listed(names)} could not be loaded: {reason(thrown)}") from None

    async def pip_install(self, line):
        """`pip install LINE`: requirements are installed, switches left out."""
        words = shlex.split(line, comments=True)
        if any(word in ("-r", "--requirement") for word in words):
            raise PackageError("pip install -r is not possible here: name the packages themselves.")
        requirements = [word for word in words if not word.startswith("-")]
        await self._load(["micropip"])
        import micropip

        await micropip.install(requirements)

    def patch_micropip(self, micropip):
        """Makes `micropip.install` understand import names, fail readably, and look on board before it looks in the
        indexes; run after its import."""
        install = micropip.install
        self._resolver.watch(micropip)

        async def readable_install(requirements, *arguments, **options):
            requirements = [requirements] if isinstance(requirements, str) else list(requirements)
            requirements = [self._renamed(requirement) for requirement in requirements]
            self._resolver.begin()
            while True:
                try:
                    return await install(requirements, *arguments, **options)
                except Exception as thrown:
                    if not self._resolver.wants_more(thrown):
                        raise PackageError(self._resolver.explain(_listed(requirements), thrown)) from None

        micropip.install = readable_install
        if self._index_urls:
            # micropip looks into the lock first only where it asks the indexes that it knows by default.
            importlib.import_module("micropip.package_index").DEFAULT_INDEX_URLS = self._index_urls
            micropip.set_index_urls(self._index_urls)

    def _renamed(self, requirement):
        """The requirement with the name of an import corrected, which is told in the action's output."""
        corrected = package_names.renamed(str(requirement), self._distribution_of)
        if corrected is None:
            return requirement
        text, module, distribution = corrected
        print(f"{module} is what to import; the package is called {distribution}.", file=sys.stderr)
        return text

    def _distribution_of(self, module):
        return package_names.distribution_of(module) or self._host.packageOf(module)

    def explain(self, thrown):
        """Gives a ModuleNotFoundError one line that says what can be done; leaves any other exception as it is."""
        if not isinstance(thrown, ModuleNotFoundError) or not thrown.name:
            return
        top = thrown.name.partition(".")[0]
        if top in sys.modules:
            return
        thrown.__notes__ = []
        if top in sys.stdlib_module_names:
            why = absent.REASONS.get(top, "This part of the standard library does not exist in the browser.")
        elif self._host.packageOf(top) is not None:
            why = f"It is on board and was not loaded: write `import {top}` in the action."
        else:
            name = package_names.distribution_of(top) or top
            why = (
                "This package is not on board; use another, or "
                f"`await micropip.install('{name}')` where the package index is granted."
            )
        thrown.msg = f"No module named '{thrown.name}'. {why}"


class OnBoardFinder:
    """The last finder of `sys.meta_path`: a module on board that nobody saw coming (`importlib`, an import within a
    library) is loaded at the moment of its import, where the browser can suspend Python for that."""

    def __init__(self, packages):
        self._packages = packages
        self._searching = set()

    def install(self):
        """Puts the finder last."""
        sys.meta_path.append(self)

    def find_spec(self, name, path=None, target=None):
        # Libraries look whether there is `ssl` and do without: the browser encrypts. Its 2 MB are for who imports it.
        if name in self._searching or name == "ssl":
            return None
        self._searching.add(name)
        try:
            if not self._packages.load_now(name):
                return None
            import importlib.util

            importlib.invalidate_caches()
            return importlib.util.find_spec(name)
        finally:
            self._searching.discard(name)


def _listed(requirements):
    return requirements if isinstance(requirements, str) else ", ".join(str(name) for name in requirements)

