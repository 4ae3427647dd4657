"""What an action shows besides text: figures, tables, images, HTML (`Display` of src/core/ports.ts)."""

import base64
import io
import sys

from .representations import MAX_CHARS, module_of, of_bundle, represent, text_of, told

# Displays of one action, and characters of them all: a loop that draws must not fill the memory of the tab.
MAX_DISPLAYS = 50
MAX_TOTAL_CHARS = 24_000_000
# Remarks on broken representations in one action.
MAX_REMARKS = 20
# Pixels of a figure; a larger one is drawn with fewer dots per inch.
MAX_PIXELS = 16_000_000


class Displays:
    """Collects the displays of the action under way."""

    def __init__(self):
        self.begin()

    def begin(self):
        """Forgets those of the action before."""
        # One of (id, display); the id is that of `display(..., display_id=...)`, or None.
        self._shown = []
        self._chars = 0
        self._left_out = 0
        self._remarks = 0
        self._made_ids = 0

    def display(self, *values, display_id=None, raw=False, **_options):
        """The `display(...)` of notebooks: a rich object is shown, any other is printed.

        With a `display_id` (True makes one) it returns a handle whose `update(value)` puts another in its place.
        """
        if display_id is True:
            self._made_ids += 1
            display_id = f"display {self._made_ids}"
        for value in values:
            if not self.add(value, display_id, raw):
                print(value if isinstance(value, str) else text_of(value))
        return None if display_id is None else DisplayHandle(self, display_id)

    def update(self, value, *, display_id, raw=False, **_options):
        """The `update_display(...)` of notebooks: `value` takes the place of what has that id in this action."""
        if not self.add(value, display_id, raw, is_update=True):
            self._append("text/plain", text_of(value), display_id, is_update=True)

    def clear(self, wait=False):
        """The `clear_output()` of notebooks: what was shown so far is taken back; what was printed stays."""
        self._shown, self._chars = [], 0

    def add(self, value, display_id=None, raw=False, is_update=False):
        """Shows `value` where it has a rich form; False where it has none. `raw`: it is a MIME bundle itself."""
        if _is_figure(value):
            self._add_figure(value, display_id, is_update)
            return True
        if not raw and self._shows_itself(value):
            return True
        shown = of_bundle(value, value, self._remark) if raw else represent(value, self._remark)
        if shown is None:
            return False
        self._append(*shown, display_id, is_update)
        return True

    def patch_pyplot(self, pyplot):
        """Makes `plt.show()` show at once, since the backend Agg has no window."""

        # A plain function, no bound method: pyplot sets the signature of it.
        def show(*_arguments, **_options):
            self.show_figures()

        pyplot.show = show

    def patch_figure(self, module):
        """Makes `figure.show()` show that figure; the backend would only say that it has no window."""

        def show(figure, *_arguments, **_options):
            self.add(figure)

        module.Figure.show = show

    def patch_matplotlib(self, module):
        """Keeps its remark on the font cache, which comes once in every fresh Python, out of the observation."""
        import logging

        logging.getLogger(f"{module.__name__}.font_manager").setLevel(logging.ERROR)

    def patch_plotly(self, module):
        """Makes figures of plotly bring their library along: it would else be fetched from another host."""

        def html(figure, *_arguments, **_options):
            return figure.to_html(include_plotlyjs=True, full_html=False)

        def show(figure, *_arguments, **_options):
            self.add(figure)

        figure = module.BaseFigure
        figure.show, figure._repr_html_ = show, html
        # They ask for a browser window or for IPython.
        figure._repr_mimebundle_ = figure._ipython_display_ = None

    def patch_ipython(self, module):
        """Makes the functions of `IPython.display` those of the harness; there is no IPython shell around it."""
        module.display = self.display
        module.update_display = self.update
        module.clear_output = self.clear

    def show_figures(self):
        """Shows every open figure of pyplot, in their order, and closes it."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        for number in pyplot.get_fignums() if hasattr(pyplot, "get_fignums") else ():
            figure = pyplot.figure(number)
            # A figure without anything on it is a left-over of `plt.figure()` or `plt.clf()`.
            if figure.axes or figure.texts or figure.images:
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
        return [display for _, display in self._shown]

    def _shows_itself(self, value):
        """Lets a value with `_ipython_display_` show itself; False where it has none or that is broken."""
        method = None if isinstance(value, type) else getattr(type(value), "_ipython_display_", None)
        if method is None:
            return False
        try:
            method(value)
        except NotImplementedError:
            return False
        except Exception as thrown:
            self._remark(f"_ipython_display_ of {type(value).__name__} raised {told(thrown)}")
            return False
        return True

    def _add_figure(self, figure, display_id=None, is_update=False):
        """A figure as PNG; where pyplot holds it too, it is closed there so that it is not shown twice."""
        if len(self._shown) >= MAX_DISPLAYS and not is_update:
            self._left_out += 1
        else:
            try:
                self._append("image/png", _drawn(figure), display_id, is_update)
            except Exception as thrown:
                self._remark(f"The figure could not be drawn: {told(thrown)}")
        pyplot = sys.modules.get("matplotlib.pyplot")
        if hasattr(pyplot, "close"):
            pyplot.close(figure)

    def _append(self, mime, data, display_id=None, is_update=False):
        place = next((i for i, (id, _) in enumerate(self._shown) if is_update and id == display_id), None)
        if place is not None:
            self._chars -= len(self._shown[place][1]["data"])
        elif len(self._shown) >= MAX_DISPLAYS:
            self._left_out += 1
            return
        if len(data) > MAX_CHARS or self._chars + len(data) > MAX_TOTAL_CHARS:
            self._left_out += 1
            if place is not None:
                del self._shown[place]
            return
        self._chars += len(data)
        entry = (display_id, {"mime": mime, "data": data})
        if place is None:
            self._shown.append(entry)
        else:
            self._shown[place] = entry

    def _remark(self, line):
        self._remarks += 1
        if self._remarks <= MAX_REMARKS:
            print(line, file=sys.stderr)


class DisplayHandle:
    """What `display(..., display_id=...)` returns, with the methods of IPython's."""

    def __init__(self, displays, display_id):
        self._displays = displays
        self.display_id = display_id

    def display(self, value, **options):
        """Shows `value` once more under the same id."""
        self._displays.display(value, display_id=self.display_id, **options)

    def update(self, value, **options):
        """Puts `value` in the place of what was shown."""
        self._displays.update(value, display_id=self.display_id, **options)

    def __repr__(self):
        return f"<DisplayHandle display_id={self.display_id}>"


def _is_figure(value):
    return module_of(value) == "matplotlib.figure" and hasattr(value, "savefig")


def _drawn(figure):
    """A figure as PNG, base64."""
    width, height = figure.get_size_inches()
    dpi = min(figure.dpi, (MAX_PIXELS / max(width * height, 1e-6)) ** 0.5)
    image = io.BytesIO()
    figure.savefig(image, format="png", bbox_inches="tight", dpi=dpi)
    return base64.b64encode(image.getvalue()).decode()
