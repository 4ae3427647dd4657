"""Why an install failed, in one line that names the package: what micropip knew at each place is kept while it works.

micropip is the one of Pyodide's lock, so its inside is known; what is touched here is in `Resolver.watch`.
"""

import importlib
import importlib.metadata
import re

from .names import canonical

# Sentences of micropip 0.9 (transaction.py, package_index.py).
CONFLICT = re.compile(r"Requested '(?P<wanted>.+)', but (?P<name>\S+)==(?P<version>\S+) is already installed")
NO_WHEEL = re.compile(r"Can't find a pure Python 3 wheel for '(?P<wanted>[^']+)'")
NO_PAGE = re.compile(r"Can't fetch metadata for '(?P<name>[^']+)'")
# Files that a page of an index lists, in JSON or HTML.
FILES = re.compile(r"[\w.+!-]+\.(?:whl|tar\.gz|tar\.bz2|zip)(?![\w.])")
# Headers of the page's broker (src/adapters/broker/broker.ts): an answer made of kept wheels; no such answer, please.
KEPT, FRESH = "x-kept", "x-fresh"
# A refusal as the worker words it: a code of src/core/errors.ts and its sentences (broker-fetch.ts).
CODED = re.compile(r"\b[a-z]+(?:_[a-z]+)+: [A-Z].*")


class Unresolved(ValueError):
    """`name` cannot be installed, and `why`. A ValueError, for micropip then looks elsewhere where it can."""

    def __init__(self, name, why):
        super().__init__(f"{name}: {why}")
        self.name = canonical(name)
        self.why = why


class Resolver:
    """What is known of the packages of an install under way."""

    def __init__(self):
        # Who needs a package, by its name: requirements by the name of the package that has them.
        self._needs = {}
        # Names of the files that the index lists, by package.
        self._files = {}
        # Packages whose page was made of kept wheels, and those for which that did not do.
        self._kept = set()
        self._fresh = set()
        self._on_board = {}
        self._requirement = None

    def watch(self, micropip):
        """Listens in on micropip, which was just imported."""
        index = importlib.import_module("micropip.package_index")
        wheel_info = importlib.import_module("micropip.wheelinfo").WheelInfo
        self._on_board = importlib.import_module("micropip._compat").REPODATA_PACKAGES
        self._requirement = importlib.import_module("micropip.transaction").Requirement
        read_page, fetch, requires = index.fetch_string_and_headers, wheel_info._fetch_bytes, wheel_info.requires

        async def read_page_and_tell(url, options):
            name = url.rstrip("/").rpartition("/")[2]
            if canonical(name) in self._fresh:
                options = {**options, "headers": {**options.get("headers", {}), FRESH: "yes"}}
            try:
                text, headers = await read_page(url, options)
            except index.HttpStatusError as thrown:
                if thrown.status_code == 404:
                    raise
                raise Unresolved(name, f"the package index answered {thrown.status_code}.") from thrown
            except Exception as thrown:
                raise Unresolved(name, reason(thrown)) from thrown
            self._files[canonical(name)] = set(FILES.findall(text))
            if KEPT in headers:
                self._kept.add(canonical(name))
            return text, headers

        async def fetch_and_tell(wheel, url, options):
            try:
                return await fetch(wheel, url, options)
            except Exception as thrown:
                # Without the metadata beside it, micropip reads those in the wheel.
                if url == wheel.metadata_url:
                    raise OSError(reason(thrown)) from thrown
                raise Unresolved(wheel.name, f"{wheel.filename}: {reason(thrown)}") from thrown

        def requires_and_note(wheel, extras):
            needed = requires(wheel, extras)
            for requirement in needed:
                self._needs.setdefault(canonical(requirement.name), {})[wheel.name] = str(requirement)
            return needed

        index.fetch_string_and_headers = read_page_and_tell
        wheel_info._fetch_bytes = fetch_and_tell
        wheel_info.requires = requires_and_note

    def begin(self):
        """Forgets the install before."""
        self._needs.clear()
        self._files.clear()
        self._kept.clear()
        self._fresh.clear()

    def wants_more(self, thrown):
        """True where no kept wheel of a package fits, so that the install is worth another try that asks the index."""
        found = NO_WHEEL.search(str(thrown))
        name = found and canonical(self._requirement(found["wanted"]).name)
        if name not in self._kept or name in self._fresh:
            return False
        self._needs.clear()
        self._fresh.add(name)
        return True

    def explain(self, asked, thrown):
        """The line on a failed install of `asked` (text)."""
        name, why = self._told(thrown)
        if name is None or name == canonical(asked):
            return f"{asked} could not be installed: {why}"
        needs = self._needs.get(name, {})
        by = f" (needed by {', '.join(sorted(needs))})" if needs else ""
        return f"{asked} could not be installed: {name}{by}: {why}"

    def _told(self, thrown):
        if isinstance(thrown, Unresolved):
            return thrown.name, thrown.why
        text = str(thrown)
        if found := CONFLICT.search(text):
            return self._conflict(**found.groupdict())
        if found := NO_WHEEL.search(text):
            return self._no_wheel(self._requirement(found["wanted"]))
        if found := NO_PAGE.search(text):
            return canonical(found["name"]), "the package index has no package of that name."
        return None, reason(thrown)

    def _conflict(self, wanted, name, version):
        wishes = [f"{by} needs {requirement}" for by, requirement in sorted(self._needs.get(canonical(name), {}).items())]
        if not any(wish.endswith(wanted) for wish in wishes):
            wishes.append(f"you asked for {wanted}")
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            return canonical(name), f"version conflict: {', '.join(wishes)}, and version {version} was chosen."
        return canonical(name), f"version conflict: {', '.join(wishes)}, and version {version} is installed already."

    def _no_wheel(self, wanted):
        name = canonical(wanted.name)
        files = self._files.get(name, ())
        wheels = [file for file in files if file.endswith(".whl")]
        pure = [file for file in wheels if re.search(r"-py3[^-]*-none-any\.whl$|\.py3-none-any\.whl$", file)]
        if pure and wanted.specifier:
            versions = sorted({file.split("-")[1] for file in pure})
            why = f"no version that runs here fits {wanted}; the index has {', '.join(versions[-5:])}."
        elif pure:
            why = "the index has only wheels of versions that are not released yet."
        elif any(file.endswith("-none-any.whl") for file in wheels):
            why = "the index has no wheel for this version of Python."
        elif wheels:
            why = "it has native code: the index has no wheel for this platform, which needs a build for Pyodide."
        elif files:
            why = "the index has only its sources, and no wheel to install."
        else:
            why = "the index lists no file of it."
        locked = self._on_board.get(name)
        return name, why if locked is None else f"{why} On board is {name} {locked['version']}."


def reason(thrown):
    """One line of what micropip or the browser said; a coded refusal where there is one, however deep below."""
    below = thrown
    while below is not None:
        if coded := CODED.search(str(below)):
            return coded[0]
        below = below.__cause__ or below.__context__
    text = str(thrown) or type(thrown).__name__
    return text.strip().split("\n")[0]
