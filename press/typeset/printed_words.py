"""The words of a document as its HTML has them, in order, so that typed words can be looked for.

Words stand between blanks, two between two of them, so that a word is never found within another,
nor a blank needed twice. Notes are apart: they stand in the text at their call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import unescape

_TOKEN = re.compile(r"<([/!?]?)([a-zA-Z][\w:-]*)?([^>]*)>|([^<]+)")
_VOID = frozenset({"br", "img", "col", "meta", "link", "hr", "input", "wbr", "!doctype"})
_ID = re.compile(r'(?<![\w-])id="([^"]*)"')
_ALT = re.compile(r'(?<![\w-])alt="([^"]*)"')
_HREF = re.compile(r'(?<![\w-])href="([^"]*)"')
_NOTE = 'class="note"'
_BETWEEN = re.compile(r"[\W_]+")
_WITHIN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060"))


def words_of(text: str) -> str:
    """The words of ``text`` in small letters, each between two blanks; "" where it has none."""
    words = _BETWEEN.sub("  ", text.translate(_WITHIN).casefold()).strip()
    return f" {words} " if words else ""


def letters_of(words: str) -> str:
    """``words_of`` without blanks: on maps and time lines words are divided."""
    return words.replace(" ", "")


Reach = tuple[int, int, int, int]
"""Where an element stands: from and to in the text, and in the notes."""


@dataclass(frozen=True)
class PrintedText:
    """The words of a document, of its notes, and what is said of its pictures.

    ``links`` are the addresses to which words lead, ``elements`` those that have an id, by that.
    """

    text: str
    notes: str
    spoken: str
    links: frozenset[str] = frozenset()
    elements: Mapping[str, Reach] = field(default_factory=dict, repr=False)

    def within(self, anchor: str) -> str:
        """The words of an element, its notes behind them; "" where it is not printed."""
        if anchor not in self.elements:
            return ""
        first, last, note, end = self.elements[anchor]
        return f"{self.text[first:last]}{self.notes[note:end]}"

    @cached_property
    def whole(self) -> str:
        """All words, then the notes."""
        return f"{self.text}{self.notes}"


@lru_cache(maxsize=1)
def printed_text(html: str) -> PrintedText:
    """The words of the body of ``html``."""
    reader = _WordReader()
    for match in _TOKEN.finditer(html, max(0, html.find("<body"))):
        reader.take(match)
    return PrintedText(
        "".join(reader.text),
        "".join(reader.notes),
        "".join(reader.spoken),
        frozenset(map(unescape, _HREF.findall(html))),
        reader.elements,
    )


class _WordReader:
    """What was read of a document so far."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.notes: list[str] = []
        self.spoken: list[str] = []
        self.elements: dict[str, Reach] = {}
        self._lengths = [0, 0]
        self._open: list[tuple[str, str, int, int]] = []
        self._in_note = 0

    def take(self, match: re.Match[str]) -> None:
        """Reads a tag, or the words between two."""
        closing, tag, rest, words = match.groups()
        if words is not None:
            self._words(words)
        elif tag and not closing:
            self._begin(tag.lower(), rest)
        elif tag and closing == "/":
            self._end(tag.lower())

    def _words(self, words: str) -> None:
        within = self._open[-1][0] if self._open else ""
        if within == "style" or not (found := words_of(unescape(words))):
            return
        if within == "title":
            self.spoken.append(found)
            return
        (self.notes if self._in_note else self.text).append(found)
        self._lengths[bool(self._in_note)] += len(found)

    def _begin(self, tag: str, rest: str) -> None:
        if 'alt="' in rest and (alt := _ALT.search(rest)):
            self.spoken.append(words_of(unescape(alt[1])))
        if tag in _VOID or rest.endswith("/"):
            return
        anchor = found[1] if 'id="' in rest and (found := _ID.search(rest)) else ""
        text, notes = self._lengths
        self._open.append((tag, anchor, text, notes))
        if _NOTE in rest or self._in_note:
            self._in_note += 1

    def _end(self, tag: str) -> None:
        while self._open:
            name, anchor, text, note = self._open.pop()
            self._in_note -= self._in_note > 0
            if anchor:
                self.elements[anchor] = (text, self._lengths[0], note, self._lengths[1])
            if name == tag:
                return
