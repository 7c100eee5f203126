"""What abbreviations stand for, printed in brackets behind the first that a reader meets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<more>(?:[^<>\"]|\"[^\"]*\")*)>")
_ABBREVIATED = re.compile(r'<abbr title="([^"]*)">([^<]*)</abbr>')
_VOID = frozenset({"br", "hr", "img"})
_BLOCKS = frozenset({"p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption"})
_NEVER = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "a", "thead", "svg"})
"""Where nothing is added: headings are repeated, links name one thing, heads of tables narrow."""
_ENDING = re.compile(r"(?:</(?:em|strong)>)*(?:[’'\u2010\u2011-]\w+)*")
"""What belongs to the word: the UN’s, UN-led."""


def explained(html: str, short: str, long: str, shown: str) -> str | None:
    """``html`` with ``long``, printed as ``shown``, behind its first ``short``; None without one.

    A first one in the text goes before one in a note. Where the text has the long form at hand,
    right before it or behind, it is explained and stays as it is.
    """
    found = sorted(_places(html, short, long))
    if not found:
        return None
    _, at, end = found[0]
    before, behind = _plain(html[:at]).casefold(), _plain(html[end:]).casefold()
    reach, words = len(long) + 8, long.casefold()
    if words in before[-reach:] or words in behind[:reach]:
        return html
    ending = _ENDING.match(html, end)
    end = ending.end() if ending else end
    block = _plain(html[max(html.rfind(f"<{tag}", 0, at) for tag in _BLOCKS) : at])
    left, right = "[]" if block.count("(") > block.count(")") else "()"
    return f"{html[:end]} {left}{shown}{right}{html[end:]}"


def _places(html: str, short: str, long: str) -> Iterator[tuple[bool, int, int]]:
    """Whether it is in a note, begin and end, of each ``short`` behind which there is room."""
    around: list[str] = []
    for token in _TOKEN.finditer(html):
        if token["end"]:
            around = around[:-1]
        elif token["tag"] not in _VOID:
            sign = _ABBREVIATED.match(html, token.start())
            if sign and _NEVER.isdisjoint(around) and _means(sign) == (long, short):
                yield "note" in around, sign.start(), sign.end()
            note = 'class="note"' in token["more"]
            around.append("note" if note else token["tag"])


def _means(sign: re.Match[str]) -> tuple[str, str]:
    return unescape(sign[1]), unescape(sign[2])


def _plain(html: str) -> str:
    return " ".join(unescape(_TOKEN.sub("", html)).split())
