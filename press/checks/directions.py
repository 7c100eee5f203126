"""Signs that nobody sees and that turn the direction in which words are set."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from unicodedata import name

from press.base.finding import Remark
from press.content.load import Loaded
from press.content.source_text import text_place

_TURNS = re.compile(
    r"[\u202a-\u202e\u2066-\u2069]"
    r"|\\u(?P<yaml>20(?:2[a-eA-E]|6[6-9]))|&#[xX]0*(?P<hex>20(?:2[a-eA-E]|6[6-9]));"
    r"|&#0*(?P<dec>823[4-8]|829[4-7]);"
)
"""The signs themselves, as YAML writes them in quotation marks, and as HTML does."""
_ISOLATES = "\u2066\u2067\u2068"
_POP = "\u2069"
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def turned_directions(loaded: Loaded) -> Iterator[Remark]:
    """W358: a sign that nobody sees turns the direction of the words behind it.

    Why: U+202A to U+202E set letters the other way round, and an isolate (U+2066 to U+2068) that is
        not closed turns the rest of its line. Mostly they were pasted along with the words.
    Wrong: title: The fall of the town            # with U+202E before "of"
    Right: title: The fall of the town
    Remedy: Delete the sign; in a chapter write [words]{lang=he} for words of another direction.
    """
    for file in loaded.snapshot.files:
        if file.endswith((".md", ".yaml")):
            text = loaded.snapshot.text(file)
            ends = _PARAGRAPH if file.endswith(".md") else re.compile("\n")
            for at, message in _turns(text, ends):
                place = (loaded.snapshot.place(file), *text_place(text, at))
                yield place, message, "delete it; [words]{lang=he} sets words from right to left"


def _turns(text: str, ends: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Offset and message of each sign that turns what follows it, and is not closed or ought not.

    An isolate holds to the end of its paragraph; ``ends`` finds those.
    """
    opened: list[tuple[int, str]] = []
    stops = [match.start() for match in ends.finditer(text)]
    paragraph = 0
    for match in _TURNS.finditer(text):
        sign = _sign(match)
        if paragraph != (paragraph := bisect(stops, match.start())):
            yield from (_unclosed(*one) for one in opened)
            opened = []
        if sign in _ISOLATES:
            opened.append((match.start(), sign))
        elif sign == _POP and opened:
            opened.pop()
        elif sign == _POP:
            yield match.start(), f"{_named(sign)} closes nothing"
        elif sign != "\u202c":  # the end of one that is found itself
            yield match.start(), f"{_named(sign)} turns the words behind it"
    for one in opened:
        yield _unclosed(*one)


def _unclosed(at: int, sign: str) -> tuple[int, str]:
    return at, f"{_named(sign)} is never closed, and turns the words behind it"


def _sign(match: re.Match[str]) -> str:
    code = match["yaml"] or match["hex"]
    return chr(int(code, 16)) if code else chr(int(match["dec"])) if match["dec"] else match[0]


def _named(sign: str) -> str:
    return f"the sign U+{ord(sign):04X} ({name(sign).lower()})"
