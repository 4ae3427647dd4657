"""Asks the page: an address to fetch, a line to type. `host` is the worker's part (workers/python/on-board.ts)."""

import json


class Page:
    """Questions to the page. An answer is its head, a dict with `kind` (`Answer` in workers/contracts.ts), and its
    body, as bytes."""

    def __init__(self, host):
        self._host = host

    async def ask(self, query, body=None):
        """Asks and awaits the answer."""
        return _answer(await self._host.ask(json.dumps(query), body))

    def wait(self, query, body=None):
        """Asks and holds Python still until there is an answer, wherever in the code that happens."""
        try:
            from pyodide.ffi import can_run_sync, run_sync
        except ImportError:
            return _answer(self._host.wait(json.dumps(query), body))
        if can_run_sync():
            return run_sync(self.ask(query, body))
        # A callback of the browser's: JavaScript lies on the stack, which cannot be suspended.
        return _answer(self._host.wait(json.dumps(query), body))


def refusal(head):
    """The sentence of a refused answer, which begins with its code."""
    error = head["error"]
    return f"{error['code']}: {error['message']} {error['next']}"


def _answer(answer):
    head, body = answer
    return json.loads(head), b"" if body is None else bytes(body)
