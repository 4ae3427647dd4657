"""What a value looks like: the representation protocol of notebooks, as one (MIME type, data) of a value.

A representation that is broken never hides its value: it is passed over with a remark, and the next one is taken.
"""

import base64
import json

from . import tables

# Characters of one representation: a longer one is passed over.
MAX_CHARS = 8_000_000

# The notebook protocol, the richest first; a bundle (`_repr_mimebundle_`) is searched in the same order.
METHODS = (
    ("_repr_html_", "text/html"),
    ("_repr_svg_", "image/svg+xml"),
    ("_repr_png_", "image/png"),
    ("_repr_jpeg_", "image/jpeg"),
    ("_repr_markdown_", "text/markdown"),
    ("_repr_latex_", "text/latex"),
    ("_repr_json_", "application/json"),
)
# Types that only bundles have: pictures of other formats, and charts that the page draws or names.
BUNDLED = ("image/gif", "image/webp")
CHARTS = "application/vnd.vegalite"

# Objects that answer to every name (mocks, proxies of remote objects) have this one too, and no true representation.
CANARY = "_no_object_has_a_method_of_this_name_"


def represent(value, remark):
    """(MIME type, data) of the richest form of `value`, or None where it has none; binary data comes as base64.

    `remark` is called with one line for each form that is there and cannot be used.
    """
    if isinstance(value, type) or _has(value, CANARY):
        return None
    if (table := _attempt(lambda: tables.table(value), value, "its table", remark)) is not None:
        return _usable("text/html", table, value, "its table", remark)
    bundle = _called(value, "_repr_mimebundle_", remark)
    if isinstance(bundle, tuple):
        bundle = bundle[0] if bundle else None
    if isinstance(bundle, dict) and (shown := of_bundle(bundle, value, remark)) is not None:
        return shown
    for method, mime in METHODS:
        data = _called(value, method, remark)
        if isinstance(data, tuple):
            data = data[0] if data else None
        if data is not None and (shown := _usable(mime, data, value, method, remark)) is not None:
            return shown
    return None


def of_bundle(bundle, value, remark):
    """(MIME type, data) of the richest entry of a MIME bundle, or None."""
    charts = [mime for mime in bundle if isinstance(mime, str) and mime.startswith(CHARTS)]
    for mime in (*charts, *(mime for _, mime in METHODS), *BUNDLED):
        data = bundle.get(mime)
        if data is not None and (shown := _usable(mime, data, value, mime, remark)) is not None:
            return shown
    return None


def text_of(value):
    """`repr(value)`; where that raises, a placeholder that says so."""
    try:
        return repr(value)
    except MemoryError:
        raise
    except Exception as thrown:
        return f"<{type(value).__name__}: its repr() raised {told(thrown)}>"


def told(thrown):
    """An exception in one line, also one that cannot be told."""
    try:
        text = " ".join(str(thrown).split())
    except Exception:
        text = ""
    return f"{type(thrown).__name__}: {text[:200]}" if text else type(thrown).__name__


def module_of(value):
    """Name of the module of `value`'s type; empty where it has none that is text."""
    module = getattr(type(value), "__module__", "")
    return module if isinstance(module, str) else ""


def _has(value, name):
    """True where `value` has the attribute, whatever looking it up does."""
    try:
        return getattr(value, name, None) is not None
    except Exception:
        return False


def _called(value, method, remark):
    """What `value.method()` gives, or None."""
    if not _has(value, method):
        return None
    return _attempt(lambda: getattr(value, method)(), value, method, remark)


def _attempt(make, value, what, remark):
    """What `make()` gives, or None where it raises. What ends an action (an interrupt) passes through."""
    try:
        return make()
    except NotImplementedError:
        return None
    except (Exception, SystemExit, GeneratorExit) as thrown:
        remark(f"{what} of {type(value).__name__} raised {told(thrown)}")
        return None


def _usable(mime, data, value, what, remark):
    """(mime, data) as it crosses to the page; None where the data is of the wrong type or too long."""
    if mime.endswith("json"):
        if not isinstance(data, str):
            data = _attempt(lambda: json.dumps(data, default=text_of), value, what, remark)
            if data is None:
                return None
    elif isinstance(data, (bytes, bytearray, memoryview)):
        if len(data) > MAX_CHARS:
            return _too_long(len(data), value, what, remark)
        data = bytes(data).decode(errors="replace") if mime.startswith("text/") else base64.b64encode(data).decode()
    if not isinstance(data, str):
        remark(f"{what} of {type(value).__name__} gave {type(data).__name__}, which is no text")
        return None
    # A subclass may answer for itself in surprising ways; the text alone crosses.
    data = str.__str__(data)
    if len(data) > MAX_CHARS:
        return _too_long(len(data), value, what, remark)
    return mime, data


def _too_long(length, value, what, remark):
    remark(f"{what} of {type(value).__name__} is left out: {length:,} characters, {MAX_CHARS:,} can be shown")
    return None
