"""Makes `workers/python` importable as the package that it is in the interpreter, and scripts its host."""

import json
import sys
import time
import types
from pathlib import Path

# The harness puts its own in the place of this one.
SLEEP = time.sleep

NOBODY = object()

FOLDER = Path(__file__).resolve().parents[2] / "workers" / "python"

if "playground_harness" not in sys.modules:
    package = types.ModuleType("playground_harness")
    package.__path__ = [str(FOLDER)]
    sys.modules["playground_harness"] = package


class ScriptedHost:
    """The worker's part: knows `packages` (import name to package name) and records what it was asked to load.

    `refusal` is what every load fails with.
    """

    def __init__(self, packages=None, refusal=None):
        self.packages = packages or {}
        self.refusal = refusal
        self.loaded = []
        self.pauses = []
        self.lines = []
        self.queries = []
        self.memoryLimitBytes = 2 * 2**30

    def packageOf(self, name):
        return self.packages.get(name)

    def packageNamed(self, name):
        return name if name in self.packages.values() else None

    async def load(self, names):
        if self.refusal is not None:
            raise OSError(self.refusal)
        self.loaded.extend(names)

    def wait(self, query, body):
        """Answers `input` with the next of `lines`; None declines, no more of them: nobody is there."""
        query = json.loads(query)
        self.queries.append(query)
        line = self.lines.pop(0) if self.lines else NOBODY
        if isinstance(line, str):
            return json.dumps({"kind": "line", "text": line}), None
        code = "input_declined" if line is None else "input_unavailable"
        error = {"code": code, "message": "No answer.", "next": "Go on."}
        return json.dumps({"kind": "refused", "error": error}), None

    def pause(self, milliseconds):
        self.pauses.append(milliseconds)
        SLEEP(milliseconds / 1000)
