"""Quotations against the words that the dossier keeps of their source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from press.atlas.names import fold
from press.base.finding import Remark
from press.checks.excerpts import kept as kept_of
from press.checks.excerpts import shortened
from press.checks.texts import Passage, paragraphs, passages, quotations
from press.content.load import Loaded
from press.prose.quotes import quotes

GAP = "…"
"""Stands for what is left out, and for words in square brackets."""
_TOKEN = re.compile(r"\[[^\[\]]*\]|…|\.\.\.|[^\W_]+(?:['’][^\W_]+)*")
_END = re.compile(r"[.!?;:]\s+|\n\s*\n")
_BRACKETS = re.compile(r"\[[^\[\]]*@[^\[\]]*\]")
_SOURCE = re.compile(r"@([\w-]*\w)")
LEAST = 4
"""Quotable from which on a quotation is held against its source, word by word."""
LIKE = 0.6
"""The part of its words that must stand in an excerpt, in a row or nearly, to be taken from it."""
SHORT, RARE = 2, 5
"""Words from which on a phrase is held against the words that the dossier keeps, and the letters of
a word by which it is known to be taken from them."""
_SHOWN = 240
"""Letters of an excerpt that are shown."""


class Quotation(NamedTuple):
    """Words that a passage quotes: where they begin and end in it, and the sources cited for them.

    ``sources`` are those of the first brackets behind it, or of its block.
    """

    passage: Passage
    begin: int
    end: int
    sources: tuple[str, ...]

    @property
    def words(self) -> str:
        """What is quoted, as it is written."""
        return self.passage.written[self.begin : self.end]


class QuotedWord(NamedTuple):
    """A word: where it begins, how it is written, and that without capitals and accents."""

    begin: int
    shown: str
    plain: str


def altered_quotation(loaded: Loaded) -> Iterator[Remark]:
    """W377: a quotation differs from the words that the dossier keeps of its source.

    Why: What stands in quotation marks is somebody's own. It is held against the excerpts (says:)
        that citations and the source itself keep; words left out (…) and in square brackets are
        allowed, as is a passage that no excerpt holds. Of two or three words one must be rare in
        the excerpts to say that the others are not theirs.
    Wrong: He spoke of “a long and bitter tale” [@dewaal, p. 225].
        # and excerpts: [{says: "It was a long and bitter story."}]
    Right: He spoke of “a long and bitter story” [@dewaal, p. 225].
    Remedy: Quote the words as they stand, or correct the excerpt.
    """
    kept = _Kept(loaded)
    for quotation in quotations_of(loaded):
        own = words_of(quotation.words)
        excerpts = [one for source in quotation.sources for one in kept.of(source)]
        if len(own) < SHORT or any(holds(one.words, own) for one in excerpts):
            continue
        if len(own) < LEAST:
            found = kept.phrase_differs(own, excerpts)
        else:
            parts = (own, *_parts(quotation.words, own))
            pairs = ((part, one) for part in parts for one in excerpts)
            told = ((one, _difference(part, one.words)) for part, one in pairs)
            found = next(((one, *at) for one, at in told if at), None)
        if found:
            one, at, quoted, said = found
            yield quotation.passage.at(quotation.begin + at), *_differs(one, quoted, said)


class KeptWords(NamedTuple):
    """Words that the dossier keeps of a source."""

    source: str
    text: str
    words: Sequence[QuotedWord]


class _Kept:
    """The excerpts of sources, read when they are asked for."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._found: dict[str, tuple[KeptWords, ...]] = {}

    def of(self, source: str) -> tuple[KeptWords, ...]:
        """All that is kept of a source."""
        if source not in self._found:
            cites = kept_of(self._loaded).get(source, ())
            every = (KeptWords(source, one.text, words_of(one.text)) for one in cites)
            self._found[source] = tuple({one.text: one for one in every}.values())
        return self._found[source]

    @cached_property
    def _often(self) -> Counter[str]:
        every = (one for source in self._loaded.dossier.bibliography for one in self.of(source))
        return Counter(word for one in every for word in {word.plain for word in one.words})

    def phrase_differs(
        self, own: Sequence[QuotedWord], excerpts: Sequence[KeptWords]
    ) -> tuple[KeptWords, int, str, str] | None:
        """Where an excerpt has another word in a phrase, and that; None where none is like it."""
        for one in excerpts:
            for first in range(len(one.words) - len(own) + 1):
                there = one.words[first : first + len(own)]
                other = [(a, b) for a, b in zip(own, there, strict=True) if a.plain != b.plain]
                same = {word.plain for word in own} - {a.plain for a, _ in other}
                rare = any(len(word) >= RARE and self._often[word] == 1 for word in same)
                if (
                    len(other) == 1
                    and rare
                    and _are_alike(*other[0], len(own))
                    and _run(one, there)
                ):
                    ((quoted, said),) = other
                    return one, quoted.begin, quoted.shown, said.shown
        return None


def _are_alike(one: QuotedWord, other: QuotedWord, words: int) -> bool:
    """Whether a word may stand for another: of two words, one with the same ending."""
    if GAP in {one.plain, other.plain}:
        return False
    return words > SHORT or one.plain[-2:] == other.plain[-2:]


def _run(kept: KeptWords, words: Sequence[QuotedWord]) -> bool:
    """Whether nothing but spaces and hyphens stands between some words of an excerpt."""
    between = (kept.text[a.begin + len(a.shown) : b.begin] for a, b in pairwise(words))
    return all(not one.strip(" \u00a0-‐‑") for one in between)


def _differs(kept: KeptWords, quoted: str, said: str) -> tuple[str, str]:
    """Message and remedy for words that are quoted where others are kept, with the excerpt."""
    hint = "quote the words as they stand, or correct the excerpt"
    if quoted and said:
        message = f"{kept.source!r} has {said!r} where {quoted!r} is quoted"
    elif quoted:
        message = f"{kept.source!r} does not have {quoted!r}, which is quoted"
    else:
        message = f"{said!r} of {kept.source!r} is left out of the quotation"
        hint = f"quote it, or write {GAP} where it stood"
    return f"{message}: “{shortened(kept.text, _SHOWN)}”", hint


@lru_cache(maxsize=2)
def quotations_of(loaded: Loaded) -> tuple[Quotation, ...]:
    """Each quotation for which a source is cited behind it, or by its block."""
    found = []
    for passage in passages(loaded):
        for offset, text in paragraphs(passage, passage.text):
            for begin, end in quotations(text):
                cites = _BRACKETS.search(passage.written, offset + end, offset + len(text))
                if cites:
                    sources = tuple(_SOURCE.findall(cites[0]))
                    at = offset + begin + 1, offset + end - 1
                    found.append(Quotation(passage, *at, sources))
        if passage.is_chapter:
            found += [
                Quotation(passage, quote.begin, quote.end, (quote.source,))
                for quote in quotes([passage.written])
                if quote.source
            ]
    return tuple(found)


def words_of(text: str) -> Sequence[QuotedWord]:
    """The words of a text, and GAP for what is left out and for what stands in brackets."""
    found = []
    for match in _TOKEN.finditer(text):
        is_word = match[0][0].isalnum()
        shown = match[0] if is_word else GAP
        found.append(QuotedWord(match.start(), shown, fold(shown) if is_word else GAP))
    return found


def holds(excerpt: Sequence[QuotedWord], quoted: Sequence[QuotedWord]) -> bool:
    """Whether each part of a quotation, between what it leaves out, stands in the excerpt."""
    text = f" {' '.join(word.plain for word in excerpt)} "
    parts = " ".join(word.plain for word in quoted).split(GAP)
    return all(f" {part.strip()} " in text for part in parts if part.strip())


def _parts(text: str, words: Sequence[QuotedWord]) -> Iterator[Sequence[QuotedWord]]:
    """The sentences and clauses of a quotation, and what stands between two that are left out."""
    ends = [match.start() for match in _END.finditer(text)]
    part: list[QuotedWord] = []
    for word in words:
        if part and (word.plain == GAP or any(part[-1].begin < end < word.begin for end in ends)):
            yield part
            part = []
        if word.plain != GAP:
            part.append(word)
    if part:
        yield part


def _difference(
    quote: Sequence[QuotedWord], kept: Sequence[QuotedWord]
) -> tuple[int, str, str] | None:
    """Where something is quoted, it, and what is said in its place; the rest is much the same."""
    quoted, excerpt = [word.shown for word in quote], [word.shown for word in kept]
    plain = [word.plain for word in quote], [word.plain for word in kept]
    matcher = SequenceMatcher(None, *plain, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    same = sum(block.size for block in blocks)
    if len(quoted) < LEAST or same < max(LIKE * len(quoted), LEAST - 1):
        return None
    gaps = [
        (one.a + one.size, quoted[one.a + one.size : two.a], excerpt[one.b + one.size : two.b])
        for one, two in pairwise(blocks)
    ]
    first, last = blocks[0], blocks[-1]
    ends, behind = last.a + last.size, len(quoted) - last.a - last.size
    gaps.append((ends, quoted[ends:], excerpt[last.b + last.size :][:behind]))
    gaps.append((0, quoted[: first.a], excerpt[max(0, first.b - first.a) : first.b]))
    for number, (at, own, other) in enumerate(gaps):
        at_end = number >= len(blocks) - 1  # beyond it the excerpt may not go on
        if GAP not in (*own, *other) and (own or other) and (len(own) == len(other) or not at_end):
            return quote[min(at, len(quote) - 1)].begin, " ".join(own), " ".join(other)
    return None
