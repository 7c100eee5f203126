"""Two sets of pages beside each other: which page has become which, and what on it differs.

Pages are compared by the words on them and where they stand, across the whole document, so that a
line that only moves to the next page is no difference. Drawings are compared as pictures where the
words around them have not moved against each other.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the top left corner of the page."""

GRAM = 4
"""Words that must stand together once in each text to hold the two texts against each other."""
GAP = 1_500
"""Words of two stretches up to which they are compared word by word."""
LOOSE = 1.0
"""Points by which words may be apart and still stand in the same place."""
RAISED = 1.5
"""Points by which a figure stands above the letters before it to be a word of its own."""
STRAY = 0.2
"""Share of a page's words that may have moved for its drawings still to be compared."""
CELL = 6
"""Points of a cell in which pictures are compared."""
SHADE = 24
"""Difference of shade, of 255, from which two dots are not the same."""
_BREAKS = "\u0002\ufffe\u00ad"
"""What pdfium gives for a hyphen at the end of a line."""


@dataclass(frozen=True)
class Word:
    """A word as it is set: its letters without hyphens, its page from 0, its boxes, its line."""

    text: str
    page: int
    boxes: tuple[Box, ...]
    line: int = 0


@dataclass(frozen=True)
class Pages:
    """The pages of one state: their sizes in points, and all words in reading order."""

    sizes: tuple[tuple[float, float], ...]
    words: tuple[Word, ...] = field(repr=False)


@dataclass(frozen=True)
class Pair:
    """An old page and the new one that it has become; None where there is none (from 0).

    ``marks`` are the boxes of what differs, old and new. ``moved``: words came from or went to
    another page, and nothing else is different.
    """

    old: int | None
    new: int | None
    marks: tuple[tuple[Box, ...], tuple[Box, ...]] = ((), ())
    moved: bool = False

    @property
    def changed(self) -> bool:
        """Whether the page is new or gone, or anything on it differs."""
        return self.old is None or self.new is None or any(self.marks)


# -- reading -----------------------------------------------------------------------------------


def read(pdf: bytes) -> Pages:
    """The words of a PDF with their places; running heads and folios are left out."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    sizes, words = [], list[Word]()
    for number, page in enumerate(document):
        sizes.append(page.get_size())
        lines = list(_lines(page, number))
        for count, line in enumerate(_without_folio(lines, number + 1)):
            words.extend(replace(word, line=count) for word in line)
    document.close()
    return Pages(tuple(sizes), tuple(words))


def _lines(page: Any, number: int) -> Iterator[list[Word]]:
    """The words of each line as pdfium reads them; one that a line's end parts has two boxes."""
    text = page.get_textpage()
    height = page.get_size()[1]
    line: list[Word] = []
    letters: list[str] = []
    boxes: list[list[Box]] = [[]]
    for at in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, at))
        if letter in _BREAKS:
            boxes.append([])
        elif not letter.isspace():
            left, bottom, right, top = text.get_charbox(at)
            line_of = boxes[-1][-1][3] if boxes[-1] else 0.0
            figure = bool(letters) and letter.isdigit() and not letters[-1].isdigit()
            if figure and height - bottom < line_of - RAISED:  # a note's call behind its word
                line.append(_word(letters, number, boxes))
                letters, boxes = [], [[]]
            letters.append(letter)
            boxes[-1].append((left, height - top, right, height - bottom))
            continue
        elif letters:
            line.append(_word(letters, number, boxes))
            letters, boxes = [], [[]]
        if letter in "\r\n" and line:
            yield line
            line = []
    if letters:
        line.append(_word(letters, number, boxes))
    if line:
        yield line


def _word(letters: Sequence[str], page: int, boxes: Sequence[Sequence[Box]]) -> Word:
    """A word without its hyphens, so that it is the same wherever a line ends."""
    text = "".join(letters)
    return Word(text.replace("-", "") or text, page, tuple(_around(box) for box in boxes if box))


def _around(boxes: Sequence[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _without_folio(lines: Sequence[list[Word]], folio: int) -> Iterator[list[Word]]:
    """``lines`` without those that stand on the height of the folio, at the head or the foot."""
    said = str(folio)
    tops = [word.boxes[0][1] for line in lines for word in line]
    ends = (min(tops), max(tops)) if tops else ()
    found = next(
        (
            word.boxes[0]
            for line in lines
            for word in (line[0], line[-1])
            if word.text == said and any(abs(word.boxes[0][1] - end) < CELL for end in ends)
        ),
        None,
    )
    for line in lines:
        at = _around([word.boxes[0] for word in line])
        if found is None or at[1] > found[3] or at[3] < found[1]:
            yield line


# -- holding two texts against each other --------------------------------------------------------


def matched(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places, rising in both, at which two lists of words say the same.

    Runs of words that each list has once are found first (patience), then what lies between.
    """
    found: list[tuple[int, int]] = []
    a = b = 0
    for c, d in (*_anchors(old, new), (len(old), len(new))):
        if c < a or d < b:
            continue
        found.extend((a + i, b + j) for i, j in _between(old[a:c], new[b:d]))
        a, b = c, d
        while a < len(old) and b < len(new) and old[a] == new[b]:
            found.append((a, b))
            a, b = a + 1, b + 1
    return found


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where runs stand that each list has once, in the longest order common to both."""
    places = []
    for words in (old, new):
        grams = [tuple(words[n : n + GRAM]) for n in range(len(words) - GRAM + 1)]
        often = Counter(grams)
        places.append({gram: n for n, gram in enumerate(grams) if often[gram] == 1})
    pairs = sorted((n, places[1][gram]) for gram, n in places[0].items() if gram in places[1])
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [place]
        last[at : at + 1] = [number]
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _between(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    if not old or not new or len(old) + len(new) > GAP:
        return []
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(block.a + n, block.b + n) for block in blocks for n in range(block.size)]


def _lines_astray(
    before: Pages, after: Pages, words: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Further pairs: whole lines that both have, and that only come in another order.

    What stands in a layer of its own, like a heading, may come before or after the rest of its
    page. Such lines are looked for on the same page and on the pages beside it.
    """
    lines = []
    for pages, taken in zip((before, after), zip(*words, strict=True), strict=True):
        known, found = set(taken), dict[tuple[int, int], list[int]]()
        for number, word in enumerate(pages.words):
            found.setdefault((word.page, word.line), []).append(number)
        lines.append({at: ns for at, ns in found.items() if not known & set(ns)})
    texts: dict[tuple[str, ...], list[list[int]]] = {}
    for numbers in lines[1].values():
        texts.setdefault(tuple(after.words[n].text for n in numbers), []).append(numbers)
    reach = _reach(before, after)
    for (page, _), numbers in lines[0].items():
        same = texts.get(tuple(before.words[n].text for n in numbers), [])
        near = next((ns for ns in same if abs(after.words[ns[0]].page - page) <= reach), None)
        if near is not None:
            same.remove(near)
            yield from zip(numbers, near, strict=True)


def _reach(before: Pages, after: Pages) -> int:
    """How many pages away the same words are looked for."""
    return 2 + abs(len(before.sizes) - len(after.sizes))


def _runs_astray(
    before: Pages, after: Pages, words: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Further pairs: runs of words that went from one page to the next past the notes between."""
    taken = [{a for a, _ in words}, {b for _, b in words}]
    grams = []
    for pages, known in zip((before, after), taken, strict=True):
        found: dict[tuple[str, ...], list[int]] = {}
        for n in range(len(pages.words) - GRAM + 1):
            if known.isdisjoint(range(n, n + GRAM)):
                gram = tuple(word.text for word in pages.words[n : n + GRAM])
                found.setdefault(gram, []).append(n)
        grams.append(found)
    reach = _reach(before, after)
    for gram, places in grams[0].items():
        others = grams[1].get(gram, [])
        if len(places) != 1 or len(others) != 1:
            continue
        a, b = places[0], others[0]
        if abs(before.words[a].page - after.words[b].page) > reach:
            continue
        for n in range(GRAM):
            if a + n not in taken[0] and b + n not in taken[1]:
                taken[0].add(a + n)
                taken[1].add(b + n)
                yield a + n, b + n


# -- pages ---------------------------------------------------------------------------------------


def compared(old: bytes, new: bytes) -> tuple[Pair, ...]:
    """The pages of two PDFs beside each other, in the order of the new one."""
    before, after = read(old), read(new)
    words = matched([w.text for w in before.words], [w.text for w in after.words])
    if words:
        words += list(_runs_astray(before, after, words))
        words += list(_lines_astray(before, after, words))
    pairs = list(_pairs(before, after, words))
    pictures = _Pictures(old, new)
    return tuple(_marked(pair, before, after, words, pictures) for pair in pairs)


def _pairs(before: Pages, after: Pages, words: Sequence[tuple[int, int]]) -> Iterator[Pair]:
    """Each old page with the new page that took most of its words, in order.

    The longest common order is found as for words, weighed by words in common (Needleman–Wunsch);
    pages without words stand together where their neighbours do.
    """
    common = Counter((before.words[a].page, after.words[b].page) for a, b in words)
    rows, columns = len(before.sizes), len(after.sizes)
    best = np.zeros((rows + 1, columns + 1))
    for a in range(rows - 1, -1, -1):
        for b in range(columns - 1, -1, -1):
            alike = common.get((a, b), 0) + _hollow(before, after, a, b)
            best[a, b] = max(
                best[a + 1, b + 1] + alike if alike else -1, best[a + 1, b], best[a, b + 1]
            )
    a = b = 0
    while a < rows or b < columns:
        if a < rows and b < columns:
            alike = common.get((a, b), 0) + _hollow(before, after, a, b)
            if alike and best[a, b] == best[a + 1, b + 1] + alike:
                yield Pair(a, b)
                a, b = a + 1, b + 1
                continue
        if b == columns or (a < rows and best[a, b] == best[a + 1, b]):
            yield Pair(a, None)
            a += 1
        else:
            yield Pair(None, b)
            b += 1


def _hollow(before: Pages, after: Pages, a: int, b: int) -> float:
    """A little for two pages without words."""
    empty = all(
        not any(word.page == page for word in pages.words)
        for pages, page in ((before, a), (after, b))
    )
    return 0.5 if empty else 0.0


def _marked(
    pair: Pair,
    before: Pages,
    after: Pages,
    words: Sequence[tuple[int, int]],
    pictures: _Pictures,
) -> Pair:
    """The pair with the boxes of what differs on its pages."""
    if pair.old is None or pair.new is None:
        return pair
    same = dict(words)
    back = {b: a for a, b in words}
    olds = [n for n, word in enumerate(before.words) if word.page == pair.old]
    news = [n for n, word in enumerate(after.words) if word.page == pair.new]
    gone = [before.words[n] for n in olds if n not in same]
    come = [after.words[n] for n in news if n not in back]
    stayed = [
        (before.words[n], after.words[same[n]])
        for n in olds
        if n in same and after.words[same[n]].page == pair.new
    ]
    shift, astray = _shift(stayed)
    elsewhere = len(stayed) < max(len(olds) - len(gone), len(news) - len(come))
    if not (elsewhere or gone or come):  # nothing came or went: then what moved, moved by itself
        gone, come = [a for a, _ in astray], [b for _, b in astray]
    drawn: tuple[tuple[Box, ...], tuple[Box, ...]] = ((), ())
    if before.sizes[pair.old] == after.sizes[pair.new] and len(astray) <= len(stayed) * STRAY:
        right, down = shift
        apart = [box for n in olds for box in before.words[n].boxes]
        set_anew = [box for n in news for box in after.words[n].boxes]
        apart += [(a - right, b - down, c - right, d - down) for a, b, c, d in set_anew]
        drawn = pictures.differing(pair.old, pair.new, shift, apart)
    marks = (
        (*_merged([box for word in gone for box in word.boxes]), *drawn[0]),
        (*_merged([box for word in come for box in word.boxes]), *drawn[1]),
    )
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
    astray = [
        words
        for words, (a, b) in zip(stayed, moves, strict=True)
        if abs(a - x) > LOOSE or abs(b - y) > LOOSE
    ]
    return (x, y), astray


def _merged(boxes: Sequence[Box]) -> list[Box]:
    """Boxes of words, joined where they follow each other on a line."""
    joined: list[Box] = []
    for box in boxes:
        if joined:
            last = joined[-1]
            level = abs(last[1] - box[1]) < CELL and abs(last[3] - box[3]) < CELL
            if level and -1 < box[0] - last[2] < 2 * CELL:
                joined[-1] = _around([last, box])
                continue
        joined.append(box)
    return joined


class _Pictures:
    """The pages of two PDFs as grey pictures, drawn when they are asked for."""

    def __init__(self, old: bytes, new: bytes) -> None:
        self._documents = [pypdfium2.PdfDocument(io.BytesIO(pdf)) for pdf in (old, new)]

    def grey(self, which: int, number: int) -> Any:
        """A page at 72 dots to the inch: rows of shades from 0 to 255."""
        bitmap = self._documents[which][number].render(scale=1, grayscale=True)
        return bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].astype(np.int16)

    def differing(
        self, old: int, new: int, shift: tuple[float, float], apart: Sequence[Box]
    ) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
        """Boxes around what is drawn differently, on both pages; what stands ``apart`` is not.

        Words stand apart: they are compared by what they say, and a hair of kerning is nothing.
        """
        first, second = self.grey(0, old), self.grey(1, new)
        right, down = (round(value) for value in shift)
        moved = np.full_like(first, 255)
        height, width = (min(a, b) for a, b in zip(first.shape, second.shape, strict=True))
        rows = slice(max(0, -down), min(height, height - down))
        columns = slice(max(0, -right), min(width, width - right))
        there = second[
            rows.start + down : rows.stop + down, columns.start + right : columns.stop + right
        ]
        moved[rows, columns] = there
        differs = np.abs(first - moved) > SHADE
        differs[: rows.start] = differs[rows.stop :] = False
        differs[:, : columns.start] = differs[:, columns.stop :] = False
        for left, top, end, bottom in apart:
            differs[
                max(0, int(top) - 2) : int(bottom) + 3, max(0, int(left) - 2) : int(end) + 3
            ] = False
        boxes = tuple(_cells(differs))
        return boxes, tuple((a + right, b + down, c + right, d + down) for a, b, c, d in boxes)


def _cells(differs: Any) -> Iterator[Box]:
    """Boxes around the regions of a picture that differ, cells that touch in one box."""
    height, width = differs.shape
    padded = np.zeros((-(-height // CELL) * CELL, -(-width // CELL) * CELL), bool)
    padded[:height, :width] = differs
    counts = padded.reshape(padded.shape[0] // CELL, CELL, -1, CELL).sum(axis=(1, 3))
    cells = {(int(r), int(c)) for r, c in zip(*np.nonzero(counts > 1), strict=True)}
    while cells:
        region, edge = set[tuple[int, int]](), [cells.pop()]
        while edge:
            row, column = edge.pop()
            region.add((row, column))
            near = {(row + y, column + x) for y in (-1, 0, 1) for x in (-1, 0, 1)} & cells
            cells -= near
            edge.extend(near)
        rows, columns = zip(*region, strict=True)
        left, top, right, bottom = min(columns), min(rows), max(columns) + 1, max(rows) + 1
        yield left * CELL, top * CELL, right * CELL, bottom * CELL


# -- pictures ------------------------------------------------------------------------------------


def picture(document: Any, number: int, scale: float) -> bytes:
    """A page as a PNG of few colours, ``scale`` dots to the point."""
    image = document[number].render(scale=scale).to_pil().convert("RGB")
    stream = io.BytesIO()
    image.quantize(64).save(stream, "PNG", optimize=True)
    return stream.getvalue()
