"""Two sets of pages beside each other: which page has become which, and what on it differs.

Pages are compared by the words on them and where they stand, across the whole document, so that a
line that only moves to the next page is no difference. Drawings are compared as pictures where the
words around them have not moved against each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2

from press.base import pdfium
from press.base.boxes import around
from press.base.finding import Rect
from press.diff.alignment import same_words
from press.diff.drawings import differing
from press.diff.page_words import LEVEL, Pages, Word, read

LOOSE = 1.0
"""Points by which words may be apart and still stand in the same place."""
STRAY = 0.2
"""Share of a page's words that may have moved for its drawings still to be compared."""

Documents = tuple[pypdfium2.PdfDocument, pypdfium2.PdfDocument]


@dataclass(frozen=True)
class PagePair:
    """An old page and the new one that it has become; None where there is none (from 0).

    ``marks`` are the boxes of what differs, old and new. ``moved``: words came from or went to
    another page, and nothing else is different.
    """

    old: int | None
    new: int | None
    marks: tuple[tuple[Rect, ...], tuple[Rect, ...]] = ((), ())
    moved: bool = False

    @property
    def changed(self) -> bool:
        """Whether the page is new or gone, or anything on it differs."""
        return self.old is None or self.new is None or any(self.marks)


@dataclass(frozen=True)
class Aligned:
    """Two states of the pages, and the numbers of the words that both have, old to new."""

    before: Pages
    after: Pages
    same: Mapping[int, int]
    stayed: frozenset[int]
    """Of the new words, those that were there before."""


def compared(old: bytes, new: bytes) -> tuple[PagePair, ...]:
    """The pages of two PDFs beside each other, in the order of the new one."""
    before, after = read(old), read(new)
    same = same_words(before, after)
    texts = Aligned(before, after, same, frozenset(same.values()))
    with pdfium.opened(old) as first, pdfium.opened(new) as second:
        return tuple(_marked(pair, texts, (first, second)) for pair in _pairs(texts))


def _pairs(texts: Aligned) -> Iterator[PagePair]:
    """Each old page with the new page that took most of its words, in order.

    The longest common order is found as for words, weighed by words in common (Needleman–Wunsch);
    pages without words stand together where their neighbours do.
    """
    alike = _likeness(texts)
    rows, columns = alike.shape
    best = np.zeros((rows + 1, columns + 1))
    for a in range(rows - 1, -1, -1):
        for b in range(columns - 1, -1, -1):
            together = best[a + 1, b + 1] + alike[a, b] if alike[a, b] else -1
            best[a, b] = max(together, best[a + 1, b], best[a, b + 1])
    a = b = 0
    while a < rows or b < columns:
        inside = a < rows and b < columns
        if inside and alike[a, b] and best[a, b] == best[a + 1, b + 1] + alike[a, b]:
            yield PagePair(a, b)
            a, b = a + 1, b + 1
        elif b == columns or (a < rows and best[a, b] == best[a + 1, b]):
            yield PagePair(a, None)
            a += 1
        else:
            yield PagePair(None, b)
            b += 1


def _likeness(texts: Aligned) -> np.ndarray:
    """How many words each old page shares with each new one; a little for two without words."""
    before, after = texts.before, texts.after
    alike = np.zeros((len(before.sizes), len(after.sizes)))
    for a, b in texts.same.items():
        alike[before.words[a].page, after.words[b].page] += 1
    empty = ([n for n, words in enumerate(pages.on) if not words] for pages in (before, after))
    alike[np.ix_(*empty)] = 0.5
    return alike


def _marked(pair: PagePair, texts: Aligned, documents: Documents) -> PagePair:
    """The pair with the boxes of what differs on its pages."""
    if pair.old is None or pair.new is None:
        return pair
    before, after, same = texts.before, texts.after, texts.same
    olds, news = before.on[pair.old], after.on[pair.new]
    gone = [before.words[n] for n in olds if n not in same]
    come = [after.words[n] for n in news if n not in texts.stayed]
    stayed = [(before.words[n], after.words[same[n]]) for n in olds if same.get(n, -1) in news]
    shift, moved = _shift(stayed)
    elsewhere = len(stayed) < max(len(olds) - len(gone), len(news) - len(come))
    if not (elsewhere or gone or come):  # nothing came or went: then what moved, moved by itself
        gone, come = [a for a, _ in moved], [b for _, b in moved]
    drawn: tuple[tuple[Rect, ...], tuple[Rect, ...]] = ((), ())
    if before.sizes[pair.old] == after.sizes[pair.new] and len(moved) <= len(stayed) * STRAY:
        right, down = shift
        word_boxes = [box for n in olds for box in before.words[n].boxes]
        set_anew = [box for n in news for box in after.words[n].boxes]
        word_boxes += [(a - right, b - down, c - right, d - down) for a, b, c, d in set_anew]
        drawn = differing(documents[0][pair.old], documents[1][pair.new], shift, word_boxes)
    marks = ((*_merged(gone), *drawn[0]), (*_merged(come), *drawn[1]))
    return replace(pair, marks=marks, moved=elsewhere)


def _shift(
    stayed: Sequence[tuple[Word, Word]],
) -> tuple[tuple[float, float], list[tuple[Word, Word]]]:
    """How far the page has moved as a whole, and the words that have not moved with it."""
    if not stayed:
        return (0.0, 0.0), []
    moves = [
        (new.boxes[0][0] - old.boxes[0][0], new.boxes[0][1] - old.boxes[0][1])
        for old, new in stayed
    ]
    (x, y), _ = Counter((round(x, 1), round(y, 1)) for x, y in moves).most_common(1)[0]
    moved = [
        words
        for words, (a, b) in zip(stayed, moves, strict=True)
        if abs(a - x) > LOOSE or abs(b - y) > LOOSE
    ]
    return (x, y), moved


def _merged(words: Sequence[Word]) -> list[Rect]:
    """Boxes of words, joined where they follow each other on a line."""
    joined: list[Rect] = []
    for box in (box for word in words for box in word.boxes):
        if joined:
            last = joined[-1]
            level = abs(last[1] - box[1]) < LEVEL and abs(last[3] - box[3]) < LEVEL
            if level and -1 < box[0] - last[2] < 2 * LEVEL:
                joined[-1] = around([last, box])
                continue
        joined.append(box)
    return joined
