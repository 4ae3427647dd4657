"""How an exception of an action is told: as Python prints it, with the frames of the action only."""

import traceback

from .shortened import shortened


def describe(thrown, current, is_own):
    """`thrown` as a PythonError (src/core/ports.ts). `current` is the file name of the action that ran; `is_own` says
    which file names are actions at all, earlier ones included."""
    try:
        return _described(thrown, current, is_own)
    except KeyboardInterrupt:
        raise
    except BaseException as broken:
        # An exception that breaks whoever looks at it: a chain too deep, a class that raises when asked for its name.
        message = f"It could not be described: {type(broken).__name__}."
        return {"type": "Exception", "message": message, "traceback": message, "line": None}


def _described(thrown, current, is_own):
    told = traceback.TracebackException.from_exception(thrown, compact=True)
    line = None
    for frame in told.stack:
        if frame.filename == current:
            line = frame.lineno
    if isinstance(thrown, SyntaxError) and thrown.filename == current:
        line = thrown.lineno
    _keep_own(told, current, is_own)
    return {
        "type": type(thrown).__name__,
        "message": shortened(_text(thrown)),
        "traceback": shortened("".join(told.format()).rstrip("\n")),
        "line": line,
    }


def _text(thrown):
    """What the exception says of itself; a broken `__str__` must not hide the failure."""
    try:
        text = thrown.msg if isinstance(thrown, SyntaxError) else str(thrown)
        # A MemoryError says nothing by itself; what was noted on it does (memory.py).
        return text or " ".join(getattr(thrown, "__notes__", ()))
    except KeyboardInterrupt:
        raise
    except BaseException as broken:
        return f"<its text could not be made: {type(broken).__name__}>"


def _keep_own(told, current, is_own):
    """Leaves out the frames of others, through the whole chain, and calls the current action `<action>`."""
    own = [frame for frame in told.stack if is_own(frame.filename)]
    for frame in own:
        if frame.filename == current:
            frame.filename = "<action>"
    told.stack = traceback.StackSummary.from_list(own)
    if getattr(told, "filename", None) == current:
        told.filename = "<action>"
    chained = [told.__cause__, told.__context__, *(getattr(told, "exceptions", None) or [])]
    for other in chained:
        if other is not None:
            _keep_own(other, current, is_own)
