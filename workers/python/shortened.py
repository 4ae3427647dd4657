"""Text that crosses the threads is bounded: a long list, or the message of an exception, need not cross whole."""

# Characters of the text of a value, an answer or an exception.
LIMIT = 20_000


def shortened(text):
    """`text`, cut in the middle past LIMIT."""
    if len(text) <= LIMIT:
        return text
    half = LIMIT // 2
    return f"{text[:half]} … {len(text) - 2 * half} characters left out … {text[-half:]}"
