"""The libraries that fetch addresses, all through the page: urllib, urllib3 (and requests on top of it), httpx.

Each is patched right after its import, at the place where it would open a connection. The page answers with the whole
response; redirects are followed and contents decoded by the browser.
"""

import sys

from . import page

# Set by the browser itself; naming one makes it ask the host for permission first (a preflight), or is ignored.
BROWSERS_OWN = {"accept-encoding", "connection", "content-length", "host", "transfer-encoding", "user-agent"}


class Refused(Exception):
    """Why there is no response: one line that begins with a code (src/core/errors.ts)."""

    def __init__(self, line):
        super().__init__(line)
        self.is_timeout = line.startswith("request_timed_out:")


class Response:
    """What a host answered. `headers` is a list of pairs, without those that no longer fit the decoded body."""

    def __init__(self, head, body, method):
        self.url = head["url"]
        self.status = head["status"]
        self.reason = head["statusText"]
        self.body = body
        self.headers = [
            (name, value)
            for name, value in head["headers"]
            if name not in ("content-encoding", "transfer-encoding", "content-length") or method == "HEAD"
        ]
        if method != "HEAD":
            self.headers.append(("content-length", str(len(body))))


class Web:
    """Sends requests by way of the page. `headers` is an iterable of pairs, `timeout` in seconds or None."""

    def __init__(self, asked_page):
        self._page = asked_page

    def patches(self):
        """The patches by module, for `AfterImport`."""
        return {
            "urllib.request": self.patch_urllib,
            "urllib3.contrib.emscripten.connection": patch_urllib3_connection,
            "requests.adapters": patch_requests,
            "httpx._transports.default": self.patch_httpx,
            "pyodide.http": self.patch_pyodide,
        }

    def install(self):
        """Takes the place of the module with which urllib3 would send: that one needs XMLHttpRequest, which is closed
        here, and starts a worker when it is imported."""
        from . import urllib3_fetch

        urllib3_fetch.web = self
        sys.modules["urllib3.contrib.emscripten.fetch"] = urllib3_fetch

    def send(self, method, url, headers=(), body=None, timeout=None):
        """Sends and waits, holding Python still. Raises Refused."""
        return _response(method, *self._page.wait(_query(method, url, headers, timeout), _bytes(body)))

    async def send_async(self, method, url, headers=(), body=None, timeout=None):
        """Sends and awaits the response. Raises Refused."""
        return _response(method, *await self._page.ask(_query(method, url, headers, timeout), _bytes(body)))

    def patch_urllib(self, request):
        """Lets `urllib.request` send http and https through the page."""
        web = self

        def do_open(handler, connection, asked, **options):
            headers = {**asked.headers, **asked.unredirected_hdrs}
            has_timeout = isinstance(asked.timeout, (int, float))
            try:
                response = web.send(
                    asked.get_method(),
                    asked.full_url,
                    headers.items(),
                    asked.data,
                    asked.timeout if has_timeout else None,
                )
            except Refused as refused:
                reason = TimeoutError(str(refused)) if refused.is_timeout else str(refused)
                raise request.URLError(reason) from None
            return _http_response(response, asked.get_method())

        class HTTPSHandler(request.AbstractHTTPHandler):
            def __init__(self, *arguments, **options):
                super().__init__()

            def https_open(self, asked):
                return self.do_open(None, asked)

            https_request = request.AbstractHTTPHandler.do_request_

        build_opener = request.build_opener

        def build_opener_with_https(*handlers):
            opener = build_opener(*handlers)
            # Without the `ssl` module there is none: the browser encrypts.
            if "https" not in opener.handle_open:
                opener.add_handler(HTTPSHandler())
            return opener

        request.AbstractHTTPHandler.do_open = do_open
        request.HTTPSHandler = HTTPSHandler
        request.build_opener = build_opener_with_https

    def patch_httpx(self, transports):
        """Lets `httpx` send through the page, waiting and awaiting; it needs no connection pool then."""
        web = self

        def arguments(request, body):
            timeout = request.extensions.get("timeout", {}).get("read")
            return request.method, str(request.url), request.headers.multi_items(), body, timeout

        def response(request, answered):
            request.url = type(request.url)(answered.url)
            extensions = {"http_version": b"HTTP/1.1", "reason_phrase": answered.reason.encode("ascii", "ignore")}
            return transports.Response(
                answered.status, headers=answered.headers, content=answered.body, extensions=extensions
            )

        def failure(refused):
            return (transports.ReadTimeout if refused.is_timeout else transports.ConnectError)(str(refused))

        def handle_request(transport, request):
            try:
                return response(request, web.send(*arguments(request, request.read())))
            except Refused as refused:
                raise failure(refused) from None

        async def handle_async_request(transport, request):
            try:
                return response(request, await web.send_async(*arguments(request, await request.aread())))
            except Refused as refused:
                raise failure(refused) from None

        _without_pool(transports.HTTPTransport, handle_request=handle_request)
        _without_pool(transports.AsyncHTTPTransport, handle_async_request=handle_async_request)

    def patch_pyodide(self, http):
        """`pyodide.http.open_url` would use XMLHttpRequest too."""
        import io

        def open_url(url):
            try:
                return io.StringIO(self.send("GET", url).body.decode("utf-8", "replace"))
            except Refused as refused:
                raise OSError(str(refused)) from None

        http.open_url = open_url


def patch_requests(adapters):
    """Tells `requests` where a redirect led (the browser follows it, so there is no response of its own for that), and
    what a status is called (HTTP/2 does not say)."""
    import http.client

    build_response = adapters.HTTPAdapter.build_response

    def build_response_with_address(adapter, request, answered):
        response = build_response(adapter, request, answered)
        response.url = getattr(answered, "url", None) or response.url
        response.reason = response.reason or http.client.responses.get(response.status_code, "")
        return response

    adapters.HTTPAdapter.build_response = build_response_with_address


def patch_urllib3_connection(connection):
    """Sends when the response is asked for: only then does urllib3 say how long that may take."""
    sending = connection.EmscriptenHTTPConnection
    request, getresponse = sending.request, sending.getresponse

    def keep(self, *arguments, **options):
        self._closed = False
        self._kept = arguments, options

    def send(self):
        arguments, options = self._kept
        request(self, *arguments, **options)
        return getresponse(self)

    sending.request, sending.getresponse = keep, send


def _query(method, url, headers, timeout):
    pairs = [[str(name), str(value)] for name, value in headers if str(name).lower() not in BROWSERS_OWN]
    request = {"url": url, "method": method, "headers": pairs, "body": None}
    # Zero is no time at all for a socket; nobody means that of a page.
    return {"kind": "fetch", "request": {**request, "timeoutMs": timeout * 1000} if timeout else request}


def _bytes(body):
    """The body of a request, whatever the library let it be."""
    if body is None or isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, (bytearray, memoryview)):
        return bytes(body)
    if hasattr(body, "read"):
        return _bytes(body.read())
    return b"".join(_bytes(part) for part in body)


def _response(method, head, body):
    if head["kind"] == "refused":
        raise Refused(page.refusal(head))
    return Response(head, body, method)


def _http_response(response, method):
    """The response as `urllib.request` returns it: read back from how it would have come over the network."""
    import http.client
    import io

    reason = response.reason or http.client.responses.get(response.status, "")
    lines = [f"HTTP/1.1 {response.status} {reason}", *(f"{name}: {value}" for name, value in response.headers)]
    text = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"

    class Received:
        def makefile(self, mode):
            return io.BytesIO(text + response.body)

    read_back = http.client.HTTPResponse(Received(), method=method)
    read_back.begin()
    read_back.url = response.url
    read_back.msg = read_back.reason
    return read_back


def _without_pool(transport, **methods):
    """Replaces what a transport of httpx does with its pool."""

    def init(self, *arguments, **options):
        pass

    def enter(self):
        return self

    def leave(self, *arguments):
        pass

    async def enter_async(self):
        return self

    async def leave_async(self, *arguments):
        pass

    own = {
        "__init__": init,
        "__enter__": enter,
        "__exit__": leave,
        "close": leave,
        "__aenter__": enter_async,
        "__aexit__": leave_async,
        "aclose": leave_async,
        **methods,
    }
    for name, method in own.items():
        if hasattr(transport, name):
            setattr(transport, name, method)
