"""The press's own marks in a text, as values: what the author wrote, where, and what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

Position = tuple[int, int]
"""Line and column, from 1."""

LETTERS = "bcdfghjklm"
"""The digits of a stand-in's number, as letters that make no word."""
JOINER = "\N{WORD JOINER}"
"""Holds a note call to the word before it and is no letter, so that the word still ends there."""
_DIGITS = str.maketrans(LETTERS, "0123456789")


@dataclass(frozen=True)
class TextMark:
    """What the author wrote (``source``) and where."""

    source: str
    place: Position


@dataclass(frozen=True)
class Unreadable(TextMark):
    """A mark that cannot be read: printed as it stands, and reported."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Literal(TextMark):
    """The end of a mark that cannot be read: printed as it stands, reported at its head."""


@dataclass(frozen=True)
class Reference(TextMark):
    """``[[kind:name|words]]``; ``words`` are Markdown with stand-ins, None where there are none."""

    name: str
    words: str | None


@dataclass(frozen=True)
class Mention:
    """One source in a citation: words before it, its key, and the place in it.

    ``carrier`` says that the source before it was read in this one, as quoted there.
    """

    key: str
    place: Position
    before: str = ""
    at: str = ""
    carrier: bool = False


@dataclass(frozen=True)
class Citation(TextMark):
    """``[see @dewaal, p. 225; @hrw]``."""

    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Call(TextMark):
    """``[^name]``: where a note hangs."""

    name: str


@dataclass(frozen=True)
class FactMark(TextMark):
    """``{fact: agdam.displaced, no unit, no note}``: a value of the data, where it is printed."""

    address: str
    unit: bool
    note: bool


@dataclass(frozen=True)
class Basis(TextMark):
    """Where the note hangs that says what the value of a fact before it rests on."""

    address: str


@dataclass(frozen=True)
class PictureMark(TextMark):
    """``![words](image:name)``."""

    target: str
    words: str


@dataclass(frozen=True)
class WordsMark(TextMark):
    """``[words]{lang=az .class}``."""

    words: str
    language: str
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Link(TextMark):
    """``[words](address)``; ``words`` are None for ``<address>``, which prints the address."""

    address: str
    words: str | None


@dataclass(frozen=True)
class Opening(TextMark):
    """``/// kind | title`` with its option lines, all Markdown with stand-ins."""

    kind: str
    title: str
    options: Mapping[str, tuple[str, Position]]
    closes_itself: bool


@dataclass(frozen=True)
class Closing(TextMark):
    """``///``: the end of the innermost block."""


@dataclass(frozen=True)
class HeadingMark(TextMark):
    """The end of a heading's words."""

    level: int


@dataclass(frozen=True)
class Comment(TextMark):
    """``<!-- … -->``: not printed."""


NoteMark = Citation | Call | Basis
"""Marks that hang a note on the word before them."""


@dataclass(frozen=True)
class Note:
    """The text of a note, by paragraphs."""

    name: str
    place: Position
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class MarkedText:
    """Markdown with stand-ins; the marks by number; the notes by name; faults of the whole text."""

    source: str
    line: int
    text: str
    marks: tuple[TextMark, ...]
    notes: Mapping[str, Note]
    faults: tuple[Unreadable, ...]
    nonce: str
    """How the stand-ins of this text begin."""
    abbreviations: Mapping[str, tuple[str, Position]] = field(default_factory=dict)
    """What each abbreviation stands for, and where that is written."""
    places: tuple[Position, ...] = ()
    """Where each line of ``text`` was written."""

    @cached_property
    def standin(self) -> re.Pattern[str]:
        """Matches a stand-in, with what joins it to the word before."""
        return re.compile(f"{JOINER}?{self.nonce}x(?P<number>[{LETTERS}]+)x{JOINER}?")

    def written(self, text: str) -> str:
        """``text`` with every stand-in changed back into what the author wrote."""
        return self.standin.sub(lambda match: self.mark(match).source, text)

    def mark(self, match: re.Match[str]) -> TextMark:
        """The mark behind a stand-in that ``standin`` has matched."""
        return self.marks[int(match["number"].translate(_DIGITS), 10)]
