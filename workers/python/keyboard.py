"""`input`, `getpass` and `sys.stdin`: a person at the page types. What they type is printed, as a terminal does."""

import builtins
import io
import sys

from . import page


class Keyboard(io.TextIOBase):
    """Stands for stdin; each line that is read is a question to the person."""

    def __init__(self, asked_page):
        self._page = asked_page
        self._read_from_stdin = builtins.input

    def install(self):
        """Takes the place of `input`; `begin` that of stdin."""
        builtins.input = self.input

    def begin(self):
        """Makes this the stdin of the next action."""
        sys.stdin = self

    def patch_getpass(self, getpass):
        """Makes `getpass.getpass` ask as well; run after the import of `getpass`."""
        getpass.getpass = self.getpass

    def input(self, prompt="", /):
        """Asks for a line. Raises EOFError where nobody answers."""
        # Code that put a file in the place of stdin means that file.
        if sys.stdin is not self:
            return self._read_from_stdin(prompt)
        return _text(self._ask(str(prompt), False))

    def getpass(self, prompt="Password: ", stream=None):
        """Asks for a line that is shown nowhere."""
        return _text(self._ask(str(prompt), True))

    def readable(self):
        return True

    def isatty(self):
        return True

    def readline(self, size=-1, /):
        head = self._ask("", False)
        if head["kind"] == "refused" and head["error"]["code"] == "input_declined":
            return ""
        line = _text(head) + "\n"
        return line if size is None or size < 0 else line[:size]

    def read(self, size=-1, /):
        return "".join(self) if size is None or size < 0 else self.readline(size)

    def _ask(self, prompt, is_masked):
        """Prints the prompt and asks; the head of the answer."""
        print(prompt, end="", flush=True)
        head, _ = self._page.wait({"kind": "input", "request": {"prompt": prompt, "isMasked": is_masked}})
        is_shown = head["kind"] == "line" and not is_masked
        # A terminal shows what is typed, wherever the code sends its own output.
        print(head["text"] if is_shown else "", file=sys.__stdout__, flush=True)
        return head


def _text(head):
    """The line of an answer."""
    if head["kind"] == "refused":
        raise EOFError(page.refusal(head))
    return head["text"]
