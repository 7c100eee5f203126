"""Quotations against the words that the dossier keeps of their source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, pairwise
from typing import NamedTuple

from press.atlas.names import fold
from press.base.finding import Place, Remark
from press.checks.excerpts import shortened
from press.checks.texts import Passage, paragraphs, passages, quotations
from press.content.evidence import excerpts_of
from press.content.load import Loaded
from press.prose.quotes import quotes

GAP = "…"
"""Stands for what is left out, and for words in square brackets."""
_LEFT_OUT = re.compile(r"\[[^\[\]]*\]|…|\.\.\.")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|…")
_CITES = re.compile(r"\[[^\[\]]*@([\w-]*\w)[^\[\]]*\]")
LEAST = 4
"""Quotable from which on a quotation is held against its source."""
LIKE = 0.6
"""The part of its words that must stand in an excerpt, in a row or nearly, to be taken from it."""


def altered_quotation(loaded: Loaded) -> Iterator[Remark]:
    """W377: a quotation differs from the words that the dossier keeps of its source.

    Why: What stands in quotation marks is somebody's own. It is held against the excerpts (says:)
        that citations and the source itself keep; words left out (…) and in square brackets are
        allowed, as is a passage that no excerpt holds.
    Wrong: He spoke of “a long and bitter tale” [@dewaal, p. 225].
        # and excerpts: [{says: "It was a long and bitter story."}]
    Right: He spoke of “a long and bitter story” [@dewaal, p. 225].
    Remedy: Quote the words as they stand, or correct the excerpt.
    """
    kept: dict[str, list[Quotable]] = {}
    for place, source, words in _quoted(loaded):
        if source not in kept:
            found = excerpts_of(source, loaded.dossier)
            kept[source] = [_words(excerpt.text) for excerpt in found]
        parts = [_words(part) for part in re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])", words)]
        own = _words(words)
        if not any(_holds(one.plain, own.plain) for one in kept[source]):
            pairs = ((part, one) for part in (own, *parts) for one in kept[source])
            differing = ((one, said) for part, one in pairs if (said := _difference(part, one)))
            for one, said in islice(differing, 1):
                yield place, *_differs(source, one.text, *said)


def _differs(source: str, excerpt: str, quoted: str, kept: str) -> tuple[str, str]:
    """Message and remedy for words that are quoted where others are kept, with the excerpt."""
    hint = "quote the words as they stand, or correct the excerpt"
    if quoted and kept:
        message = f"{source!r} has {kept!r} where {quoted!r} is quoted"
    elif quoted:
        message = f"{source!r} does not have {quoted!r}, which is quoted"
    else:
        message = f"{kept!r} of {source!r} is left out of the quotation"
        hint = f"quote it, or write {GAP} where it stood"
    return f"{message}: “{shortened(excerpt, _SHOWN)}”", hint


_SHOWN = 240
"""Letters of an excerpt that are shown."""


def _quoted(loaded: Loaded) -> Iterator[tuple[Place, str, str]]:
    """Each quotation of enough words: where it stands, the source cited behind it, its words."""
    for passage in passages(loaded):
        for offset, text in paragraphs(passage, passage.text):
            for begin, end in quotations(text):
                cites = _CITES.search(passage.written, offset + end, offset + len(text))
                words = passage.written[offset + begin + 1 : offset + end - 1]
                if cites and len(_words(words).plain) >= LEAST:
                    yield passage.at(offset + begin), cites[1], words
        if passage.is_chapter:
            yield from _blocks(passage)


def _blocks(passage: Passage) -> Iterator[tuple[Place, str, str]]:
    for quote in quotes([passage.written]):
        words = " ".join(quote.paragraphs)
        if quote.source and len(_words(words).plain) >= LEAST:
            yield passage.at(quote.at), quote.source, words


class Quotable(NamedTuple):
    """A text, its words as they stand, and the same without capitals and accents."""

    text: str
    shown: Sequence[str]
    plain: Sequence[str]


def _words(text: str) -> Quotable:
    shown = _WORD.findall(_LEFT_OUT.sub(GAP, text))
    return Quotable(text, shown, [word if word == GAP else fold(word) for word in shown])


def _holds(excerpt: Sequence[str], quoted: Sequence[str]) -> bool:
    """Whether each part of a quotation, between what it leaves out, stands in the excerpt."""
    text = f" {' '.join(excerpt)} "
    parts = " ".join(quoted).split(GAP)
    return all(f" {part.strip()} " in text for part in parts if part.strip())


def _difference(quote: Quotable, kept: Quotable) -> tuple[str, str] | None:
    """What is quoted and what is said in its place, where most of the rest is the same."""
    quoted, excerpt = quote.shown, kept.shown
    matcher = SequenceMatcher(None, quote.plain, kept.plain, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    same = sum(block.size for block in blocks)
    if len(quoted) < LEAST or same < max(LIKE * len(quoted), LEAST - 1):
        return None
    gaps = [
        (quoted[one.a + one.size : two.a], excerpt[one.b + one.size : two.b])
        for one, two in pairwise(blocks)
    ]
    first, last = blocks[0], blocks[-1]
    behind = len(quoted) - last.a - last.size
    gaps.append((quoted[last.a + last.size :], excerpt[last.b + last.size :][:behind]))
    gaps.append((quoted[: first.a], excerpt[max(0, first.b - first.a) : first.b]))
    for number, (own, other) in enumerate(gaps):
        at_end = number >= len(blocks) - 1  # beyond it the excerpt may not go on
        if GAP not in (*own, *other) and (own or other) and (len(own) == len(other) or not at_end):
            return " ".join(own), " ".join(other)
    return None
