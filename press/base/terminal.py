"""The one gate by which words leave: no sign in them can steer a terminal, a log or a reader."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

_STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Signs of control, strange ends of lines, marks of direction, halves of letters, tags."""


def harmless(text: str) -> str:
    """``text`` with a name in the place of each sign that would steer what shows it.

    The name is one that JSON and Python read as that sign; a tab is a blank.
    """
    return _STEERING.sub(_named, text)


def _named(sign: re.Match[str]) -> str:
    if sign[0] == "\t":
        return " "
    pairs = sign[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[n : n + 2].hex()}" for n in range(0, len(pairs), 2))


class Gate:
    """A stream to which only what is ``harmless`` is written; ``stream`` is the one behind it."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Writes what may leave."""
        self.stream.write(harmless(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def drawn_on() -> Any:
    """The stream of the terminal itself, for what the press draws there: progress."""
    return sys.stderr.stream if isinstance(sys.stderr, Gate) else sys.stderr


@contextmanager
def gated() -> Iterator[None]:
    """While the block runs, all that is printed goes through the gate."""
    with redirect_stdout(Gate(sys.stdout)), redirect_stderr(Gate(sys.stderr)):
        yield
