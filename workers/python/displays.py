"""What an action shows besides text: figures, tables, images, HTML (`Display` of src/core/ports.ts)."""

import base64
import io
import sys

# Displays of one action, and characters of one: a loop that draws must not fill the memory of the tab.
MAX_DISPLAYS = 20
MAX_CHARS = 8_000_000

# The notebook protocol, the richest first; one display is made of an object.
REPRESENTATIONS = (
    ("_repr_html_", "text/html"),
    ("_repr_svg_", "image/svg+xml"),
    ("_repr_png_", "image/png"),
    ("_repr_jpeg_", "image/jpeg"),
    ("_repr_latex_", "text/latex"),
    ("_repr_markdown_", "text/markdown"),
)


class Displays:
    """Collects the displays of the action under way."""

    def __init__(self):
        self.items = []
        self._left_out = 0

    def begin(self):
        """Forgets those of the action before."""
        self.items = []
        self._left_out = 0

    def display(self, *values, **_options):
        """The `display(...)` of notebooks: a rich object is shown, any other is printed."""
        for value in values:
            if not self.add(value):
                print(value if isinstance(value, str) else repr(value))

    def add(self, value):
        """Shows `value` where it has a rich form; False where it has none."""
        if _is_figure(value):
            self._add_figure(value)
            return True
        shown = _rich(value)
        if shown is None:
            return False
        self._append(*shown)
        return True

    def patch_pyplot(self, pyplot):
        """Makes `plt.show()` show at once, since the backend Agg has no window."""

        # A plain function, no bound method: pyplot sets the signature of it.
        def show(*_arguments, **_options):
            self.show_figures()

        pyplot.show = show

    def patch_matplotlib(self, module):
        """Keeps its remark on the font cache, which comes once in every fresh Python, out of the observation."""
        import logging

        logging.getLogger(f"{module.__name__}.font_manager").setLevel(logging.ERROR)

    def patch_ipython(self, module):
        """Makes `IPython.display.display` the one of the harness; there is no IPython shell around it."""
        module.display = self.display

    def show_figures(self):
        """Shows every open figure of pyplot and closes it."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        for number in pyplot.get_fignums() if hasattr(pyplot, "get_fignums") else ():
            figure = pyplot.figure(number)
            # A figure without anything on it is a left-over of `plt.figure()` or `plt.clf()`.
            if figure.axes or figure.texts:
                self._add_figure(figure)
            pyplot.close(number)

    def drop_figures(self):
        """Closes every open figure without drawing it."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if hasattr(pyplot, "close"):
            pyplot.close("all")

    def finish(self):
        """The displays, and says on stderr how many there was no room for."""
        if self._left_out > 0:
            print(f"{self._left_out} more displays were left out.", file=sys.stderr)
        return self.items

    def _add_figure(self, figure):
        """A figure as PNG; where pyplot holds it too, it is closed there so that it is not shown twice."""
        if len(self.items) >= MAX_DISPLAYS:
            self._left_out += 1
        else:
            image = io.BytesIO()
            figure.savefig(image, format="png", bbox_inches="tight")
            self._append("image/png", base64.b64encode(image.getvalue()).decode())
        pyplot = sys.modules.get("matplotlib.pyplot")
        if hasattr(pyplot, "close"):
            pyplot.close(figure)

    def _append(self, mime, data):
        if len(self.items) >= MAX_DISPLAYS or len(data) > MAX_CHARS:
            self._left_out += 1
        else:
            self.items.append({"mime": mime, "data": data})


def _is_figure(value):
    return type(value).__module__ == "matplotlib.figure" and hasattr(value, "savefig")


def _rich(value):
    """(mime, data) of the richest form of `value`, or None. A form that fails is passed over, as notebooks do."""
    if isinstance(value, type):
        return None
    if type(value).__module__.startswith("pandas.") and hasattr(value, "to_frame"):
        # A Series or an Index has no HTML of its own; as a frame it has, with the same cap on rows.
        try:
            value = value.to_frame()
        except Exception:
            return None
    for method, mime in REPRESENTATIONS:
        try:
            data = getattr(value, method)()
        except Exception:
            continue
        if isinstance(data, tuple):
            data = data[0]
        if isinstance(data, bytes):
            return mime, base64.b64encode(data).decode()
        if isinstance(data, str):
            return mime, data
    return None
