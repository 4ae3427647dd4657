"""What every action finds in place, whatever the one before did to it.

Code that replaces `isinstance`, empties `sys.modules` or leaves a trace function behind hurts itself, and must not
hurt the next action or the telling of its own result. The person's variables and whatever else it changed stay.
"""

import ast
import builtins
import inspect
import linecache
import re
import signal
import sys
import traceback

# What the harness works with; `time` and `asyncio` are left as the person may have patched them.
NEEDED = (ast, inspect, linecache, re, traceback)

# Of `sys`, what the person may set: it is left as it is.
SETTABLE = {"argv", "path", "ps1", "ps2", "stdin", "stdout", "stderr", "last_exc", "last_type", "last_value", "last_traceback"}


class Baseline:
    """Taken once, when the harness is in place."""

    def __init__(self):
        # Bound here: by the time that they are needed the names may mean something else.
        self._set_trace, self._set_profile = sys.settrace, sys.setprofile
        self._set_limit, self._limit = sys.setrecursionlimit, sys.getrecursionlimit()
        self._signal, self._on_interrupt = signal.signal, signal.default_int_handler
        self._interrupt = signal.SIGINT
        sys.addaudithook = no_audit_hook
        own = [module for name, module in sys.modules.items() if name.startswith(f"{__package__}.")]
        self._namespaces = [(vars(module), dict(vars(module))) for module in (builtins, *NEEDED, *own)]
        self._set_member = type.__setattr__
        self._classes = [(each, members(each)) for module in own for each in vars(module).values() if is_own(each)]
        self._sys, self._sys_saved = vars(sys), {name: value for name, value in vars(sys).items() if name not in SETTABLE}
        self._modules, self._modules_saved = sys.modules, dict(sys.modules)
        self._finders = [(each, list(each)) for each in (sys.meta_path, sys.path_hooks)]
        self._path = list(sys.path)

    def restore(self):
        """Puts everything back in its place. Uses nothing but what was bound before any action ran."""
        self._set_trace(None)
        self._set_profile(None)
        for namespace, saved in self._namespaces:
            namespace.update(saved)
        for each, saved in self._classes:
            for name, value in saved:
                self._set_member(each, name, value)
        self._sys.update(self._sys_saved)
        self._modules.update(self._modules_saved)
        if type(self._sys.get("path")) is not list:
            self._sys["path"] = []
        for each, saved in (*self._finders, (self._sys["path"], self._path)):
            # What the person added stays; what is missing comes back in the order that it had.
            if missing := [item for item in saved if item not in each]:
                each[:] = [*missing, *each]
        self._set_limit(self._limit)
        self._signal(self._interrupt, self._on_interrupt)


def is_own(value):
    """True for a class of the harness."""
    return isinstance(value, type) and value.__module__.startswith(f"{__package__}.")


def members(each):
    """What a class says itself: its functions and constants."""
    return [(name, value) for name, value in vars(each).items() if name not in ("__dict__", "__weakref__", "__doc__")]


def no_audit_hook(hook):
    """`sys.addaudithook`: a hook that raises could never be taken away again, and no code would run any more."""
    raise RuntimeError("There are no audit hooks here: they could not be taken away again.")
