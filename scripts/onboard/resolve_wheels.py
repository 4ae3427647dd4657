"""Finds pure-Python wheels that run in the browser, with all that they need, and says what is in them.

Called by scripts/onboard/wheelhouse.mjs with the interpreter whose pip is used. It is given one JSON
object: `requirements`; `python` (version of Pyodide's Python); `onBoard`, versions by name of what need not be fetched;
`libraries`, names of packages by
module, for the parts of the standard library that Pyodide ships as packages; `folder`, where wheels are put.
It prints one JSON object: `packages` in the order found, or `error`, one line.
Wheels are read as zip files; nothing of theirs is installed or run.
"""

import ast
import email
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

try:
    from pip._vendor.packaging.markers import default_environment
    from pip._vendor.packaging.requirements import Requirement
    from pip._vendor.packaging.utils import canonicalize_name
except ImportError:  # Some distributions take pip's own copy out.
    from packaging.markers import default_environment
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


class Unfit(Exception):
    """A package cannot go on board; the message is one line and says why."""


def browser_environment(python):
    """What the markers of a requirement see in the browser."""
    return default_environment() | {
        "extra": "",
        "implementation_name": "cpython",
        "os_name": "posix",
        "platform_machine": "wasm32",
        "platform_python_implementation": "CPython",
        "platform_system": "Emscripten",
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
        "sys_platform": "emscripten",
    }


def download(requirement, python, folder):
    """Has pip put the newest pure wheel that fits into `folder`; returns its path."""
    pure = ["--platform", "any", "--implementation", "py", "--abi", "none", "--python-version", python]
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        call = [*PIP, "download", "--no-deps", "--only-binary=:all:", *pure, "-d", fresh, str(requirement)]
        if subprocess.run(call, capture_output=True).returncode == 0:
            [wheel] = pathlib.Path(fresh).glob("*.whl")
            return wheel.replace(pathlib.Path(folder) / wheel.name)
        # Which files it left out, and why, pip tells only at this loudness.
        again = subprocess.run([*call, "-vv"], capture_output=True, text=True)
        raise Unfit(f"{requirement}: {why_not(again.stdout + again.stderr)}")


def why_not(told):
    """Why pip found no wheel, by what it `told`."""
    if "none of the wheel's tags" in told:
        return "the index has only wheels with native code for it, which do not run in the browser."
    if "Link requires a different Python" in told:
        return "no wheel in the index is for the Python of the browser."
    if "No sources permitted" in told:
        return "the index has only its sources, and no wheel."
    if "(from versions: none)" in told:
        return "the index has no package of that name."
    errors = [line.strip() for line in told.splitlines() if line.strip().startswith("ERROR")]
    return f"pip says {errors[-1] if errors else 'nothing'}"


def described(path, environment, libraries):
    """What the list says of a wheel, and its requirements that hold in the browser."""
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        if any(re.search(r"\.(so|pyd|dylib)$", name) for name in names):
            raise Unfit(f"{path.name} holds native code, which does not run in the browser.")
        [metadata] = [name for name in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
        about = email.message_from_bytes(wheel.read(metadata))
        used = imported(wheel, names)
    requires = [Requirement(text) for text in about.get_all("Requires-Dist", [])]
    return {
        "name": canonicalize_name(about["Name"]),
        "version": about["Version"],
        "file": path.name,
        "licence": licence(about),
        "imports": top_level(names),
        "libraries": sorted({libraries[name] for name in used & set(libraries)}),
    }, [one for one in requires if one.marker is None or one.marker.evaluate(environment)]


def imported(wheel, names):
    """Modules that the modules of a wheel import whatever happens: at their top, under no condition."""
    files = {re.sub(r"(/__init__)?\.py$", "", name).replace("/", "."): name for name in names if name.endswith(".py")}
    found = set(top_level(names))
    waiting = [module for module in found if module in files]
    while waiting:
        module = waiting.pop()
        package = module if files[module].endswith("__init__.py") else module.rpartition(".")[0]
        for name in top_imports(ast.parse(wheel.read(files[module])), package):
            if name not in found:
                found.add(name)
                waiting += [name] if name in files else []
    return found


def top_imports(tree, package):
    """Full names of what the top of a module imports; a name taken out of a package may be a module of it."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def top_level(names):
    """Modules and packages that a wheel puts into site-packages."""
    tops = {name.removesuffix("/__init__.py").removesuffix(".py") for name in names if name.endswith(".py")}
    return sorted(top for top in tops if top.isidentifier())


def licence(about):
    """The licence, as short as the package says it."""
    if about["License-Expression"]:
        return about["License-Expression"]
    of_class = [line.rpartition("::")[2].strip() for line in about.get_all("Classifier", []) if "License ::" in line]
    return ", ".join(of_class) or (about["License"] or "not stated").strip().partition("\n")[0]


def resolve(request):
    """The packages for `request`; every requirement of each is met by what is on board or in the result."""
    python = request["python"]
    environment = browser_environment(python)
    on_board = request["onBoard"]
    found = {}
    asked = [(Requirement(text), "you") for text in request["requirements"]]
    while asked:
        requirement, by = asked.pop(0)
        name = canonicalize_name(requirement.name)
        version = found[name]["version"] if name in found else on_board.get(name)
        if version is not None:
            if not requirement.specifier.contains(version, prereleases=True):
                raise Unfit(f"{name}: {by} needs {requirement}, and version {version} is on board.")
            continue
        path = download(requirement, python, request["folder"])
        package, requires = described(path, environment, request["libraries"])
        needs = {canonicalize_name(one.name) for one in requires} | set(package.pop("libraries"))
        found[name] = package | {"depends": sorted(needs)}
        asked += [(one, package["name"]) for one in requires]
    return list(found.values())


if __name__ == "__main__":
    try:
        answer = {"packages": resolve(json.loads(sys.argv[1]))}
    except Unfit as unfit:
        answer = {"error": str(unfit)}
    print(json.dumps(answer))
