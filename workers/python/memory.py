"""The end of memory: what it is told as, and a reserve so that it can be told at all."""

# Kept back for telling a MemoryError and for the next action, which may free what fills the memory.
RESERVE_BYTES = 8 * 1024 * 1024


class Reserve:
    """Memory that nobody uses until there is none left."""

    def __init__(self):
        self._block = None
        self.fill()

    def fill(self):
        """Takes the memory, where there is that much."""
        try:
            self._block = self._block or bytearray(RESERVE_BYTES)
        except MemoryError:
            self._block = None

    def spend(self):
        """Gives it back, for whoever needs it now."""
        self._block = None


def is_end(thrown):
    """True where it was the end of memory that raised `thrown`; ask before the reserve is spent."""
    # By its type: `isinstance` asks the exception itself, too, which may raise.
    if not issubclass(type(thrown), SystemError):
        return issubclass(type(thrown), MemoryError)
    # CPython 3.12 raises this where there is not even room for the MemoryError.
    try:
        return len(bytearray(RESERVE_BYTES // 8)) == 0
    except MemoryError:
        return True


def explain(thrown, limit_bytes):
    """Gives what the end of memory raised a line that says how much there is and what can be done."""
    thrown.add_note(
        f"Python may use {limit_bytes // 1_000_000} MB here, and that is used up. "
        "Work on less data at once, `del` variables that are no longer needed, or restart Python."
    )
