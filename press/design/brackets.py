"""Whether every brace, bracket, string and comment of a style sheet is closed.

CSS closes by itself at the end of the file what is open, and drops all that it has swallowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKS = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))
    |(?P<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)
    |(?P<address>\burl\(\s*[^\s"')][^)]*\))
    |(?P<escape>\\.)
    |(?P<bracket>[{}()\[\]])""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_CLOSES = {"}": "{", ")": "(", "]": "["}


@dataclass(frozen=True)
class Fault:
    """What is not closed or closes nothing: line and column from 1, what is wrong, what to do."""

    line: int
    column: int
    said: tuple[str, str]


def fault(css: str) -> Fault | None:
    """The first thing in ``css`` that is not closed, or closes nothing."""
    opened: list[re.Match[str]] = []
    for mark in _MARKS.finditer(css):
        sign = mark[0]
        if _is_cut_off(mark):
            what, end = ("comment", "*/") if mark["comment"] else ("string", sign[0])
            return _fault(css, mark, f"this {what} is not closed", f"end it with {end}")
        if not mark["bracket"]:
            continue
        if sign not in _CLOSES:
            opened.append(mark)
        elif opened and opened[-1][0] == _CLOSES[sign]:
            opened.pop()
        elif opened and opened[-1][0] != "{":
            return _unclosed(css, opened[-1])
        else:
            hint = f"delete it, or write the {_CLOSES[sign]} that is missing before it"
            return _fault(css, mark, f"this {sign} closes nothing", hint)
    return _unclosed(css, opened[0]) if opened else None


def _is_cut_off(mark: re.Match[str]) -> bool:
    if mark["comment"]:
        return len(mark[0]) < 4 or not mark[0].endswith("*/")
    return bool(mark["string"]) and (len(mark[0]) < 2 or mark[0][-1] != mark[0][0])


def _unclosed(css: str, mark: re.Match[str]) -> Fault:
    ends = {opening: closing for closing, opening in _CLOSES.items()}
    closing = ends[mark[0]]
    return _fault(css, mark, f"this {mark[0]} is not closed", f"write the {closing} that ends it")


def _fault(css: str, mark: re.Match[str], *said: str) -> Fault:
    before = css[: mark.start()]
    column = mark.start() - (before.rfind("\n") + 1) + 1
    return Fault(before.count("\n") + 1, column, (said[0], said[1]))
