"""The classes of `IPython.display`: data with a type. Written anew for this place, where they need no IPython.

The functions (`display`, `update_display`, `clear_output`) are put in by the harness (displays.py: `patch_ipython`).
"""

import base64
import html
import json as _json
import os

IS_NOTEBOOK = True

display = update_display = clear_output = None

# Names of IPython's that need a player or a page of another host within the page.
NOT_HERE = ("Audio", "FileLink", "FileLinks", "IFrame", "Video", "VimeoVideo", "YouTubeVideo")


def __getattr__(name):
    if name in NOT_HERE:
        raise ImportError(f"{name} cannot be shown here: a display has no sound, no video and no page from elsewhere.")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class DisplayObject:
    """Data of one type, given as it is, or by the name or the address of a file."""

    _mime = "text/plain"
    _is_binary = False

    def __init__(self, data=None, url=None, filename=None, metadata=None):
        if isinstance(data, (os.PathLike, str)) and filename is None and url is None:
            text = os.fspath(data)
            if isinstance(data, os.PathLike) or self._names_a_file(text):
                data, filename = None, text
            elif text.startswith(("http://", "https://")):
                data, url = None, text
        self.data, self.url, self.filename, self.metadata = data, url, filename, metadata or {}
        self.reload()

    def reload(self):
        """Reads the data from its file or address, where it has one."""
        if self.filename is not None:
            with open(self.filename, "rb") as file:
                self.data = self._read(file.read())
        elif self.url is not None:
            from urllib.request import urlopen

            with urlopen(self.url) as response:
                self.data = self._read(response.read())

    def _names_a_file(self, text):
        return False

    def _read(self, content):
        return content if self._is_binary else content.decode(errors="replace")

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {} if self.data is None else {self._mime: self.data}

    def __repr__(self):
        return f"<IPython.display.{type(self).__name__} object>"


class TextDisplayObject(DisplayObject):
    """Data that is text."""


class Pretty(TextDisplayObject):
    """Text as it is."""

    def __repr__(self):
        return str(self.data)


class HTML(TextDisplayObject):
    """HTML; what it may do is the page's business."""

    _mime = "text/html"

    def _repr_html_(self):
        return self.data

    __html__ = _repr_html_


class Markdown(TextDisplayObject):
    """Markdown."""

    _mime = "text/markdown"

    def _repr_markdown_(self):
        return self.data


class Latex(TextDisplayObject):
    """LaTeX, as in a document: formulas stand between dollars."""

    _mime = "text/latex"

    def _repr_latex_(self):
        return self.data


class Math(Latex):
    """A formula in LaTeX, with or without dollars around it."""

    def __init__(self, data=None, url=None, filename=None, metadata=None):
        super().__init__(data, url, filename, metadata)
        self.data = "$\\displaystyle " + str(self.data).strip("$") + "$"


class SVG(TextDisplayObject):
    """A drawing."""

    _mime = "image/svg+xml"

    def _names_a_file(self, text):
        return text.endswith(".svg") and "<" not in text

    def _repr_svg_(self):
        return self.data


class JSON(DisplayObject):
    """A value of JSON, as Python objects or as its text."""

    _mime = "application/json"

    def __init__(self, data=None, url=None, filename=None, expanded=False, metadata=None, root="root", **options):
        super().__init__(data, url, filename, {"expanded": expanded, "root": root, **(metadata or {}), **options})
        if isinstance(self.data, str):
            self.data = _json.loads(self.data)

    def _names_a_file(self, text):
        return text.endswith(".json") and not text.lstrip().startswith(("{", "[", '"'))


class Code(TextDisplayObject):
    """Source code, in the monospaced voice."""

    _mime = "text/html"

    def __init__(self, data=None, url=None, filename=None, language=None):
        self.language = language
        super().__init__(data, url, filename)

    def _names_a_file(self, text):
        return "\n" not in text and os.path.isfile(text)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {self._mime: f"<pre><code>{html.escape(str(self.data))}</code></pre>", "text/plain": self.data}

    def __repr__(self):
        return str(self.data)


class Javascript(TextDisplayObject):
    """A script; it runs where scripts of displays run, apart from the page."""

    _mime = "text/html"

    def __init__(self, data=None, url=None, filename=None, lib=None, css=None):
        super().__init__(data, url, filename)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {self._mime: f"<script>{self.data}</script>"}


class Image(DisplayObject):
    """A picture: bytes, or the name of a file or its address; `width` and `height` in pixels."""

    _is_binary = True
    _signatures = (
        (b"\x89PNG", "image/png"),
        (b"\xff\xd8", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"RIFF", "image/webp"),
    )

    def __init__(self, data=None, url=None, filename=None, format=None, embed=None, width=None, height=None, **_options):
        self.format, self.width, self.height = format, width, height
        super().__init__(data, url, filename)

    def _names_a_file(self, text):
        # No letter of base64 is a full stop.
        return "." in text and not text.startswith(("http://", "https://"))

    def _repr_mimebundle_(self, include=None, exclude=None):
        data = self.data
        if data is None:
            return {}
        if isinstance(data, str):
            data = base64.b64decode(data)
        known = (mime for signature, mime in self._signatures if bytes(data[:4]).startswith(signature))
        if (mime := next(known, None)) is None:
            return {"image/svg+xml": bytes(data).decode(errors="replace")} if b"<svg" in bytes(data[:1000]) else {}
        if self.width is None and self.height is None:
            return {mime: data}
        size = "".join(
            f' {name}="{int(value)}"' for name, value in (("width", self.width), ("height", self.height)) if value
        )
        encoded = base64.b64encode(data).decode()
        return {"text/html": f'<img src="data:{mime};base64,{encoded}"{size}>'}


def publish_display_data(data, metadata=None, **options):
    """Shows a MIME bundle."""
    display(data, raw=True, **options)


def set_matplotlib_formats(*formats, **_options):
    """Figures are drawn as PNG here, whatever is asked for."""


def display_html(*values, **options):
    """Shows each as HTML; text is taken for HTML."""
    display(*(HTML(value) if isinstance(value, str) else value for value in values), **options)


def display_markdown(*values, **options):
    """Shows each as Markdown; text is taken for Markdown."""
    display(*(Markdown(value) if isinstance(value, str) else value for value in values), **options)


def display_latex(*values, **options):
    """Shows each as LaTeX; text is taken for LaTeX."""
    display(*(Latex(value) if isinstance(value, str) else value for value in values), **options)
