"""What the command line prints is text: a control character in a path, a key or a stored word is shown, not sent."""

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# C0 but for line ends, C1, and what turns the direction of writing. JSON reads the same escape.
_UNPLAIN = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")


def plain(text: str) -> str:
    """`text` with each such character as its escape: \\u001b."""
    return _UNPLAIN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class PlainStream(io.TextIOWrapper):
    """A text stream that sends nothing but text; what its encoding lacks is escaped as well."""

    def write(self, text: str) -> int:
        super().write(plain(text))
        return len(text)


@contextmanager
def plain_output() -> Iterator[None]:
    """stdout and stderr are plain meanwhile."""
    usual = sys.stdout, sys.stderr
    ours = [_plain_over(stream) for stream in usual]
    sys.stdout, sys.stderr = (one or stream for one, stream in zip(ours, usual, strict=True))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = usual
        for one in ours:
            if one is not None:
                with suppress(OSError):  # the reader has gone, or the disk is full: that was said already
                    one.detach()


def _plain_over(stream: object) -> PlainStream | None:
    """None where there is no stream, or none of bytes underneath."""
    if not isinstance(stream, io.TextIOWrapper):
        return None
    stream.flush()
    is_line_wise = stream.line_buffering
    return PlainStream(stream.buffer, stream.encoding, "backslashreplace", line_buffering=is_line_wise)
