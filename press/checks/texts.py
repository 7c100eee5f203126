"""The words an author has written as running text, each with its place.

Marks (citations, references, code, options) are blanked out letter for letter, so that an offset
into a passage is an offset into what was written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise

from press.base.finding import Place
from press.content.load import Loaded
from press.content.model import Read
from press.content.source_text import lines_of
from press.content.walk import fields, walk
from press.prose.quotes import blocks

THING = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for what the press prints in the place of a reference."""
QUOTED = "\N{REPLACEMENT CHARACTER}"
"""Stands for each letter of a quotation, where quotations are left out."""

WORD = re.compile(r"[^\W_]+(?:[-’'\u2010\u2011\u00ad][^\W_]+)*|\ufffc")
"""A word of any language, or a reference."""


@dataclass(frozen=True)
class Passage:
    """One text: a chapter, or a field of a YAML file.

    ``written`` is what stands in the file, ``text`` the same without marks, ``own`` without
    quotations as well; all three have the same length. ``name`` is ``chapter``, or model and field;
    ``is_title`` says that it is a heading or a label.
    """

    file: str
    name: str
    written: str
    text: str
    own: str
    starts: tuple[int, ...] = field(repr=False)
    places: tuple[tuple[int, int], ...] = field(repr=False)
    is_title: bool = False

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of ``offset``."""
        row = max(0, bisect_right(self.starts, offset) - 1)
        line, column = self.places[row]
        return line, column + offset - self.starts[row]

    def at(self, offset: int) -> Place:
        """The place of ``offset``."""
        return self.file, *self.place(offset)

    def is_blank(self, begin: int, end: int) -> bool:
        """Whether nothing but space was written from ``begin`` to ``end``."""
        return not self.written[begin:end].strip()

    @property
    def is_chapter(self) -> bool:
        """Whether it is Markdown with blocks, and not one run of words."""
        return self.name == "chapter"


@lru_cache(maxsize=2)
def passages(loaded: Loaded) -> tuple[Passage, ...]:
    """Every text of the dossier: chapters first, then the fields of YAML files."""
    return (*_chapters(loaded), *_fields(loaded))


def chapters(loaded: Loaded) -> Iterator[Passage]:
    """The chapters among the texts."""
    return (passage for passage in passages(loaded) if passage.is_chapter)


def _chapters(loaded: Loaded) -> Iterator[Passage]:
    for chapter in loaded.dossier.chapters:
        written = f"# {chapter.title}\n{chapter.body}"
        lines = written.split("\n")
        starts = tuple(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
        places = tuple((chapter.line - 1 + n, 1) for n in range(len(lines)))
        text = without_marks(written)
        own = without_quotations(text, written)
        yield Passage(chapter.file, "chapter", written, text, own, starts, places)


def _fields(loaded: Loaded) -> Iterator[Passage]:
    for file, loc, value in walk(loaded):
        for name, key, info, held in fields(value):
            read = next((mark for mark in info.metadata if isinstance(mark, Read)), None)
            if read and held:
                place, line, column = loaded.at(file, *loc, key)
                words = " ".join(held.split())
                lines = lines_of(loaded.snapshot.files[file])
                starts, places = _word_places(lines, line, column, words)
                text = _without_signs(without_marks(words, inline=True), held)
                own = without_quotations(text, words)
                named = f"{type(value).__name__.lower()}.{name}"
                yield Passage(place, named, words, text, own, starts, places, read.title)


def _without_signs(text: str, held: str) -> str:
    """``text`` with a blank for each hyphen that begins a line of what a field holds: an item."""
    at = 0
    for line in (" ".join(line.split()) for line in held.split("\n")):
        if line.startswith("- "):
            text = f"{text[:at]} {text[at + 1 :]}"
        at += len(line) + bool(line)
    return text


def _word_places(
    lines: Sequence[str], line: int, column: int, words: str
) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Where each word of a value stands in its file, however YAML has folded it."""
    starts, places = [], []
    row, at = line - 1, column - 1
    for match in re.finditer(r"\S+", words):
        while row < len(lines) and (found := lines[row].find(match[0], at)) < 0:
            row, at = row + 1, 0
        if row >= len(lines):  # quoted in a way that writes it otherwise
            break
        starts.append(match.start())
        places.append((row + 1, found + 1))
        at = found + len(match[0])
    return (tuple(starts), tuple(places)) if starts else ((0,), ((line, column),))


REFERENCE = re.compile(
    r"\[\[\s*(?:(?P<kind>[a-z]+)\s*:)?\s*(?P<id>[a-z0-9-]+)\s*(?:\\?\|(?P<words>[^\[\]]*))?\]\]"
)
"""A reference by id: ``[[agdam]]``, ``[[event:agdam-taken|that day]]``."""


def matches(
    loaded: Loaded, pattern: re.Pattern[str], *, quoted: bool = False
) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Where the dossier's own words, or those that it quotes as well, match ``pattern``."""
    for passage in passages(loaded):
        text = passage.text if quoted else passage.own
        yield from ((passage, match) for match in pattern.finditer(text))


# -- marks -------------------------------------------------------------------------------------

# Every part stops at the next bracket or has a bound: no text, however made, takes long to read.
_BLANKED = re.compile(
    r"(?P<fence>^[ \t>]*(?P<sign>`{3,}|~{3,})[^\n]*\n(?s:.*?)(?:^[ \t>]*(?P=sign)[ \t]*$|\Z))"
    r"|(?P<code>(?<!`)(?P<ticks>`++).{1,2000}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<picture>!\[[^\[\]]*\]\([^)\s(]*\))"
    r"|(?P<thing>\[\[(?P<named>[^\[\]|]*)\|(?P<words>[^\[\]]*)\]\]|\[\[[^\[\]]*\]\]|\{fact:[^{}]*\})"
    r"|(?P<note>\[\^[^\[\]]*\]:?)"
    r"|(?P<cite>\[[^\[\]@]*@[^\[\]]*\])"
    r"|(?P<open>\[@[\w:.-]+(?:[^\[\]\n@]{0,200}@[\w:.-]+)*"
    r"|(?:\[|\^)\[(?![^\[\]]*\])|!\[[^\[\]]*\]\((?![^()\n]*\)))"
    r"|(?P<link>\[(?P<shown>[^\[\]]*)\](?P<target>\([^()\s]*\)|\{[^{}]*\}|\[[^\[\]]*\]))"
    r"|(?P<address><?https?://[^\s<>)]+>?)",
    re.DOTALL | re.MULTILINE,
)
_LINES = re.compile(
    r"^[ \t]*+(?:/{3,}[ \t]*[\w-]*[ \t]*\|?|[|+ :\-=]++$|#{1,6}(?=\s)|[-*+][ \t]+(?=\S)|\d+\.[ \t]+"
    r"|>+|:[ \t]+|\*\[[^\[\]\n]*\][ ]?:)",
    re.MULTILINE,
)
_OPTIONS = re.compile(r"(?<=\n)/{3,}[ \t]*[a-z][^\n]*((?:\n[ \t]*[a-z][\w-]*:[^\n]*)+)")


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


@lru_cache(maxsize=4096)
def without_marks(written: str, inline: bool = False) -> str:
    """``written`` with marks blanked, letter for letter; a reference leaves THING behind."""

    def blanked(match: re.Match[str]) -> str:
        whole = match[0]
        if match["thing"] and match["words"] is None:
            return THING + _blank(whole[1:])
        for part in ("words", "shown"):
            if match[part] is not None:
                at, end = match.start(part) - match.start(), match.end(part) - match.start()
                return _blank(whole[:at]) + whole[at:end] + _blank(whole[end:])
        return _blank(whole)

    text = _BLANKED.sub(blanked, _without_comments(written))
    if not inline:
        text = _OPTIONS.sub(lambda m: m[0][: m.start(1) - m.start()] + _blank(m[1]), "\n" + text)[
            1:
        ]
        text = _LINES.sub(lambda m: _blank(m[0]), text)
    return re.sub(r"[*_`\\](?=\S)|(?<=\S)[*_`\\]", " ", text)


def _without_comments(text: str) -> str:
    """``text`` with ``<!-- … -->`` blanked; one that is never closed stays."""
    parts, at = [], 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin)) >= 0:
        parts += [text[at:begin], _blank(text[begin : end + 3])]
        at = end + 3
    return "".join([*parts, text[at:]])


_QUOTES = re.compile(
    r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«|‹[^‹›]*›|\"[^\"\n]*\"|「[^「」]*」|『[^『』]*』"
    r"|(?<!\w)‘[^‘’\n]*(?:’\w[^‘’\n]*)*’(?!\w)|‚[^‚‘]*‘"
)
_CITED_LINES = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_LONGEST = 1500
"""Letters beyond which a quotation mark is taken not to close the one before."""


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each quotation in quotation marks, marks included."""
    for match in _QUOTES.finditer(text):
        if len(match[0]) <= _LONGEST and "\n\n" not in match[0]:
            yield match.span()


@lru_cache(maxsize=4096)
def without_quotations(text: str, written: str) -> str:
    """``text`` with quotations filled with QUOTED; their blocks are seen in ``written``."""
    signs = list(text)
    spans = [*quotations(text), *((begin, end) for begin, *_, end in blocks(written))]
    spans += [match.span() for match in _CITED_LINES.finditer(written)]
    for begin, end in spans:
        signs[begin:end] = [s if s == "\n" else QUOTED for s in signs[begin:end]]
    return "".join(signs)


# -- sentences ---------------------------------------------------------------------------------

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_END = re.compile(r"[.!?…。؟।։]+[”’»\")\]]*(?=\s|$)|[。]|:(?=\s*\n)")


def paragraphs(passage: Passage, text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each paragraph, list item, table row and heading."""
    if not passage.is_chapter:
        yield 0, text
        return
    for begin, end in _parted(_PARAGRAPH, text):
        yield from _items(passage, text, begin, end)


def _parted(end: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each part of ``text``; what ends a part belongs to it."""
    return pairwise([0, *(match.end() for match in end.finditer(text)), len(text)])


_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+\.|#{1,6}|\||/{3,}|:|\*\[|\[\^)", re.MULTILINE)


def _items(passage: Passage, text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    cuts = [m.start() for m in _ITEM.finditer(passage.written, begin, end) if m.start() > begin]
    headings = re.finditer(r"^#{1,6}\s.*$", passage.written[begin:end], re.MULTILINE)
    cuts += [begin + m.end() for m in headings]
    for first, last in pairwise([begin, *sorted(cuts), end]):
        if text[first:last].strip():
            yield first, text[first:last]


def sentences(passage: Passage, text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each sentence; where one ends is not always known, and then it ends."""
    for offset, paragraph in paragraphs(passage, text):
        for begin, end in _parted(_END, paragraph):
            sentence = paragraph[begin:end]
            if words := sentence.strip():
                yield offset + begin + sentence.index(words), words
