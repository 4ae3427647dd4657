"""Stands in the place of `urllib3.contrib.emscripten.fetch`, with the names that urllib3 takes from there (2.2 to 2.8)."""

# Set by `Web.install`.
web = None


class _RequestError(Exception):
    """urllib3 catches it; nothing here raises it."""


class _TimeoutError(_RequestError):
    """As above."""


def send_streaming_request(request):
    """The whole response comes at once, so there is nothing to stream."""
    return None


def send_request(request):
    """Sends a request of urllib3 through the page."""
    from urllib3.contrib.emscripten.response import EmscriptenResponse
    from urllib3.util.url import parse_url

    from .web import Refused

    try:
        response = web.send(
            request.method, request.url, request.headers.items(), request.body, request.timeout or None
        )
    except Refused as refused:
        raise _failure(parse_url(request.url), refused) from None
    # Where a redirect led; the response takes its address from the request.
    request.url = response.url
    return EmscriptenResponse(response.status, _joined(response.headers), response.body, request)


def _failure(url, refused):
    """The exception of urllib3. Its class decides what requests makes of it, and that nothing is sent again."""
    from urllib3.exceptions import MaxRetryError, NewConnectionError, ReadTimeoutError

    line = str(refused)
    if refused.is_timeout:
        failure = ReadTimeoutError(url.host, url.request_uri, line)
    else:
        failure = MaxRetryError(url.host, url.request_uri, NewConnectionError(url.host, line))
    # The reason alone, without the retries that were never made.
    failure.args = (line,)
    return failure


def _joined(headers):
    joined = {}
    for name, value in headers:
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined
