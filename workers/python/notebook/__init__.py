"""`IPython` as far as code in a notebook uses it: `IPython.display`, and no shell.

The whole package on board takes seconds to load; it takes the place of this one as soon as anything else of it is
imported (`Packages.load_for` of packages.py).
"""

IS_NOTEBOOK = True

from . import display  # noqa: F401  (`IPython.display` without an import of its own)


def get_ipython():
    """There is no IPython shell here."""
    return None
