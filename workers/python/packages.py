"""Packages: those that an action imports are loaded before it runs, and `pip install` in its forms goes to micropip.

`host` is the worker's part (workers/python/packages.ts), or a scripted one in tests:
`host.packageOf(name)` names the package on board that has the top-level module `name`, or None;
`await host.load(names)` loads packages that are on board.
"""

import re
import shlex
import sys

# A refusal as the worker words it: a code of src/core/errors.ts and its sentences (workers/python/broker-fetch.ts).
CODED = re.compile(r"\b[a-z]+(?:_[a-z]+)+: [A-Z].*")

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
            raise PackageError(f"{_listed(names)} could not be loaded: {_reason(thrown)}") from None

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
        """Makes the failures of `micropip.install` readable and points it at the indexes; run after its import."""
        install = micropip.install

        async def readable_install(requirements, *arguments, **options):
            try:
                return await install(requirements, *arguments, **options)
            except Exception as thrown:
                raise PackageError(f"{_listed(requirements)} could not be installed: {_reason(thrown)}") from None

        micropip.install = readable_install
        if self._index_urls:
            micropip.set_index_urls(self._index_urls)

    def explain(self, thrown):
        """Gives a ModuleNotFoundError one line that says what can be done; leaves any other exception as it is."""
        if not isinstance(thrown, ModuleNotFoundError) or not thrown.name:
            return
        top = thrown.name.partition(".")[0]
        if top in sys.modules:
            return
        thrown.__notes__ = []
        if top in sys.stdlib_module_names:
            why = "This part of the standard library does not exist in the browser."
        elif self._host.packageOf(top) is not None:
            why = f"It is on board and was not loaded: write `import {top}` in the action."
        else:
            why = (
                "This package is not on board; use another, or "
                f"`await micropip.install('{top}')` where the package index is granted."
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
        if name in self._searching:
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


def _reason(thrown):
    """One line of what micropip or the browser said; a coded refusal where there is one, however deep below."""
    below = thrown
    while below is not None:
        if coded := CODED.search(str(below)):
            return coded[0]
        below = below.__cause__ or below.__context__
    text = str(thrown) or type(thrown).__name__
    return text.strip().split("\n")[0]
