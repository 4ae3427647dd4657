"""Makes ready what the next action imports while the model still writes it: packages on board are named for loading,
and their modules are compiled. None is imported, so an action cannot tell; its imports only take less time.

Most of the time that `import pandas` takes goes into compiling it: the wheels bring sources alone. What is compiled
here lies where Python looks for it (`__pycache__`), a file at a time, so that an action never waits for long.
"""

import collections
import dis
import importlib._bootstrap_external
import importlib.util
import json
import pathlib
import sys
import warnings

LOAD_CONST, IMPORT_NAME = dis.opmap["LOAD_CONST"], dis.opmap["IMPORT_NAME"]


class Ahead:
    """The modules that wait to be compiled. `folder` is where packages are installed."""

    def __init__(self, packages, folder):
        self._packages = packages
        self._folder = pathlib.Path(folder)
        self._waiting = collections.deque()
        self._seen = set()

    def begin(self, loads):
        """Takes `Loads` (src/core/ahead.ts) as JSON, and returns the packages on board for them as a JSON list."""
        wanted = json.loads(loads)
        self._waiting.clear()
        for module in wanted["modules"]:
            self._want(module)
        return json.dumps(self._packages.on_board_for(wanted["modules"], wanted["requirements"]))

    def compile_next(self):
        """Compiles one module that waits, and lets those that it imports wait; False where none was left."""
        while self._waiting:
            module = self._waiting.popleft()
            source = self._source(module)
            if source is None:
                continue
            is_package = source.name == "__init__.py"
            package = module if is_package else module.rpartition(".")[0]
            try:
                code = compiled(source)
            except Exception:
                # A file for another version of Python, or one that is gone: the import will say so where it matters.
                continue
            for name in imported(code, package):
                self._want(name)
            return True
        return False

    def _want(self, module):
        """Lets a module wait, after the packages that it is in."""
        parts = module.split(".")
        for length in range(1, len(parts) + 1):
            name = ".".join(parts[:length])
            if name not in self._seen and name not in sys.modules:
                self._seen.add(name)
                self._waiting.append(name)

    def _source(self, module):
        path = self._folder.joinpath(*module.split("."))
        for file in (path / "__init__.py", path.with_name(f"{path.name}.py")):
            if file.is_file():
                return file
        # Not here yet: it may come with another package.
        self._seen.discard(module)
        return None


def compiled(source):
    """The code of a file, which lies compiled beside it afterwards."""
    cache = pathlib.Path(importlib.util.cache_from_source(source))
    data = source.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = compile(data, str(source), "exec", dont_inherit=True)
    if not cache.exists():
        about = source.stat()
        cache.parent.mkdir(exist_ok=True)
        written = importlib._bootstrap_external._code_to_timestamp_pyc(code, int(about.st_mtime), about.st_size)
        cache.write_bytes(written)
    return code


def imported(code, package):
    """Full names of what a module imports when it is imported itself; some may be no modules but names in one."""
    argument, constants = 0, []
    for at in range(0, len(code.co_code), 2):
        operation = code.co_code[at]
        argument = argument << 8 | code.co_code[at + 1]
        if operation == dis.EXTENDED_ARG:
            continue
        if operation == LOAD_CONST:
            constants = [*constants[-1:], code.co_consts[argument]]
        elif operation == IMPORT_NAME and len(constants) == 2:
            level, names = constants
            base = code.co_names[argument]
            if level:
                above = package.split(".")[: len(package.split(".")) + 1 - level]
                base = ".".join([*above, *([base] if base else [])])
            yield base
            yield from (f"{base}.{name}" for name in names or () if name != "*")
        argument = 0
