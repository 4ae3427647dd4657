"""Tables of pandas: the first and the last rows and columns, and how many there are. The cost does not grow with the table."""

import sys

# Columns past which a table is shortened where the options of pandas say nothing else; for rows they do.
MAX_COLUMNS = 20
# What even the widest option may show.
ROW_LIMIT = 500
COLUMN_LIMIT = 100


def table(value):
    """The HTML of a DataFrame, a Series or an Index, or None where `value` is none of them."""
    pandas = sys.modules.get("pandas")
    kinds = tuple(getattr(pandas, name, ()) for name in ("DataFrame", "Series", "Index"))
    if () in kinds or not isinstance(value, kinds):
        return None
    frame_type = kinds[0]
    if not isinstance(value, frame_type):
        # As a frame it has the same table; a view of its values, no copy of them.
        value = value.to_frame()
    if getattr(type(value), "_repr_html_", None) is not frame_type._repr_html_:
        # A table of another library that draws itself.
        return value._repr_html_()
    options = {
        "display.max_rows": _limit(pandas.get_option("display.max_rows"), ROW_LIMIT, ROW_LIMIT),
        "display.max_columns": _limit(pandas.get_option("display.max_columns"), MAX_COLUMNS, COLUMN_LIMIT),
        "display.show_dimensions": True,
    }
    with pandas.option_context(*(part for option in options.items() for part in option)):
        return value._repr_html_()


def _limit(option, default, limit):
    """An option of pandas as a count: 0 is `as the terminal`, None is `all`."""
    if option is None:
        return limit
    return min(option, limit) if option > 0 else default
