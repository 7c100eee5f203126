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
_DECLARED = re.compile(r"\s*[\w-]+\s*:[^{};\n]*[^{},;\s]\s*\n\s*\S")
"""A declaration that ends with its line, and something behind it."""
_CLOSES = {"}": "{", ")": "(", "]": "["}


@dataclass(frozen=True)
class Fault:
    """What is not closed or closes nothing: where, what is wrong, what to do.

    ``at`` counts letters from 0, ``line`` and ``column`` from 1.
    """

    at: int
    line: int
    column: int
    said: tuple[str, str]


MOST = 20
"""Faults of one file that are told at once."""


def mended(css: str) -> tuple[tuple[Fault, ...], str]:
    """What is not closed or closes nothing, and ``css`` with blanks for each rule that it breaks.

    Behind a comment without an end nothing is read: all of it may be the comment.
    """
    found: list[Fault] = []
    stop = 0
    while (one := fault(css)) is not None and len(found) < MOST:
        if not found or stop < len(css) or one.at > found[-1].at:
            found.append(one)  # else it is open because its end was taken for that of one in it
        start, stop = one.at, len(css)
        if css[start] in _CLOSES:
            stop = start + 1
        elif not css.startswith("/*", start):
            begins = [match.end() for match in _RULE.finditer(css)]
            start = max((place for place in begins if place <= start), default=0)
            deep = _indent(css, start)[0]
            later = (p for p in begins if p > one.at and _indent(css, p)[0] <= deep)
            stop = next(later, len(css))
        css = css[:start] + re.sub(r"[^\n]", " ", css[start:stop]) + css[stop:]
    return tuple(found), css if len(found) < MOST else ""


_RULE = re.compile(r"(?:\A|\n)[ \t]*(?=[^\s{}][^{};]*\{)")
"""The beginning of a rule on a line of its own."""


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
    return _unclosed(css, _open_inside(css) or opened[0]) if opened else None


def _open_inside(css: str) -> re.Match[str] | None:
    """The brace that most likely lacks its end, which that of a rule around it has become.

    A rule that begins no further in than the rule that it would stand in, or behind a declaration
    without its semicolon; or an end that stands further out than its rule.
    """
    opened: list[re.Match[str]] = []
    since = 0
    for mark in _MARKS.finditer(css):
        if mark["bracket"] == "{":
            if opened and _begins_anew(css, opened[-1], since, mark):
                return opened[-1]
            opened.append(mark)
        elif mark["bracket"] == "}" and opened:
            begun = opened.pop()
            indent, starts = _indent(css, mark.start())
            if opened and starts and indent < _indent(css, begun.start())[0]:
                return begun
        if mark["bracket"] in ("{", "}"):
            since = mark.end()
    return None


def _begins_anew(css: str, outer: re.Match[str], since: int, inner: re.Match[str]) -> bool:
    """Whether the rule of ``inner`` begins behind ``outer``, and not in its rule."""
    head = css[since : inner.start()].rpartition(";")[2]
    if _DECLARED.match(head):
        return True
    begins = inner.start() - len(head.lstrip())
    indent, starts = _indent(css, begins)
    around = css[: outer.start()].rpartition("}")[2].rpartition("{")[2].rpartition(";")[2]
    return (
        starts
        and not around.lstrip().startswith("@")
        and (indent <= _indent(css, outer.start())[0] and "\n" in css[outer.start() : begins])
    )


def _indent(css: str, at: int) -> tuple[int, bool]:
    """How far in the line of a place begins, and whether the place is its first sign."""
    begin = css.rfind("\n", 0, at) + 1
    line = css[begin : css.find("\n", begin) + 1 or None].expandtabs(4)
    return len(line) - len(line.lstrip()), not css[begin:at].strip()


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
    return Fault(mark.start(), before.count("\n") + 1, column, (said[0], said[1]))
