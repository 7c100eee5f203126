"""Brackets and code spans, matched once over a whole text, so that reading it stays linear."""

from __future__ import annotations

import re
from typing import NamedTuple

NESTED = 20
"""Deepest brackets in brackets."""

_STRUCTURE = re.compile(r"\\.|(`+)|(\[)|(\])|(\n[ \t]*(?=\n|#|/{3}|$))", re.DOTALL)


class Pairs(NamedTuple):
    """Offsets: of each opening bracket's closing one, and of the end of each code span's begin."""

    closers: dict[int, int]
    codes: dict[int, int]


def pairs(text: str) -> Pairs:
    """The pairs of ``text``; none reaches over an empty line, a heading or a block's line."""
    found = Pairs({}, {})
    tokens: list[re.Match[str]] = []
    for match in (*_STRUCTURE.finditer(text), None):
        if match is not None and not match[4]:
            tokens.append(match)
            continue
        found.codes.update(_codes([token for token in tokens if token[1]]))
        found.closers.update(_closers(tokens, found.codes))
        tokens = []
    return found


def _codes(ticks: list[re.Match[str]]) -> dict[int, int]:
    """Each run of backticks and the end of the next one that is as long."""
    later: dict[int, list[int]] = {}
    for index in range(len(ticks) - 1, -1, -1):
        later.setdefault(len(ticks[index][1]), []).append(index)
    found, done = {}, -1
    for index, tick in enumerate(ticks):
        same = later[len(tick[1])]
        while same and same[-1] <= index:
            same.pop()
        if index > done and same:
            done = same[-1]
            found[tick.start()] = ticks[done].end()
    return found


def _closers(tokens: list[re.Match[str]], codes: dict[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    opened: list[int] = []
    code_end = 0
    for token in tokens:
        start = token.start()
        if start < code_end:
            continue
        code_end = codes.get(start, 0)
        if token[2]:
            opened.append(start)
            if len(opened) == NESTED + 1:
                found.pop(opened[0], None)
        elif token[3] and opened:
            opener = opened.pop()
            if len(opened) < NESTED:
                found[opener] = start
    return found


_FENCE = re.compile(
    r"^(?P<before>[ \t]*(?:(?:>|[-+*]|[0-9]{1,9}[.)])[ \t]+)*)"
    r"(?P<sign>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*$",
    re.MULTILINE,
)


def fences(text: str) -> dict[int, int]:
    """Offsets of the begin and the end of each fence of code; nothing in them is a mark.

    One in a list or quotation that is never closed is left out: it ends where that does.
    """
    found: dict[int, int] = {}
    at = 0
    while opening := _FENCE.search(text, at):
        sign = opening["sign"]
        end = re.compile(rf"^[ \t>]*{re.escape(sign[0])}{{{len(sign)},}}[ \t]*$", re.MULTILINE)
        closing = end.search(text, opening.end())
        at = opening.end()
        if closing or not opening["before"].strip(" "):
            at = found[opening.start()] = closing.end() if closing else len(text)
    return found
