"""The words of a PDF, and where on its pages each stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdfium2 import raw

from press.base import pdfium
from press.base.boxes import around
from press.base.finding import Rect

RAISED = 1.5
"""Points by which a figure stands above the letters before it to be a word of its own."""
LEVEL = 6
"""Points by which boxes may differ in height and still stand on one line."""
_BREAKS = "\u0002\ufffe\u00ad"
"""What PDFium gives for a hyphen at the end of a line."""


@dataclass(frozen=True)
class Word:
    """A word as it is set: its letters without hyphens, its page from 0, its boxes, its line."""

    text: str
    page: int
    boxes: tuple[Rect, ...]
    line: int = 0


@dataclass(frozen=True)
class Pages:
    """The pages of one state: their sizes in points, and all words in reading order.

    ``on`` are, for each page, the numbers of the words that stand on it.
    """

    sizes: tuple[tuple[float, float], ...]
    words: tuple[Word, ...] = field(repr=False)
    on: tuple[range, ...] = field(repr=False)


def read(pdf: bytes) -> Pages:
    """The words of a PDF with their places; running heads and folios are left out."""
    sizes, words, on = [], list[Word](), []
    with pdfium.opened(pdf) as document:
        for number, page in enumerate(document):
            sizes.append(page.get_size())
            first = len(words)
            lines = list(_lines(page, number))
            for count, line in enumerate(_without_folio(lines, number + 1)):
                words.extend(replace(word, line=count) for word in line)
            on.append(range(first, len(words)))
    return Pages(tuple(sizes), tuple(words), tuple(on))


def _lines(page: Any, number: int) -> Iterator[list[Word]]:
    """The words of each line as PDFium reads them; one that a line's end parts has two boxes."""
    line: list[Word] = []
    letters: list[str] = []
    boxes: list[list[Rect]] = [[]]
    for letter, box in _letters(page):
        if letter in _BREAKS:
            boxes.append([])
            continue
        if letters and (letter.isspace() or _is_call(letter, box, letters[-1], boxes[-1])):
            line.append(_word(letters, number, boxes))
            letters, boxes = [], [[]]
        if not letter.isspace():
            letters.append(letter)
            boxes[-1].append(box)
        elif letter in "\r\n" and line:
            yield line
            line = []


def _letters(page: Any) -> Iterator[tuple[str, Rect]]:
    """Each sign that PDFium reads on a page, with its box; a line's end at the end."""
    text, height = page.get_textpage(), page.get_size()[1]
    for at in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(at)
        sign = chr(raw.FPDFText_GetUnicode(text, at))
        yield sign, (left, height - top, right, height - bottom)
    yield "\n", (0.0, 0.0, 0.0, 0.0)


def _is_call(letter: str, box: Rect, before: str, boxes: Sequence[Rect]) -> bool:
    """Whether a figure is the call of a note behind its word: it stands above the letters."""
    foot = boxes[-1][3] if boxes else 0.0
    return letter.isdigit() and not before.isdigit() and box[3] < foot - RAISED


def _word(letters: Sequence[str], page: int, boxes: Sequence[Sequence[Rect]]) -> Word:
    """A word without its hyphens, so that it is the same wherever a line ends."""
    text = "".join(letters)
    return Word(text.replace("-", "") or text, page, tuple(around(box) for box in boxes if box))


def _without_folio(lines: Sequence[list[Word]], folio: int) -> Iterator[list[Word]]:
    """``lines`` without those that stand on the height of the folio, at the head or the foot."""
    number = str(folio)
    tops = [word.boxes[0][1] for line in lines for word in line]
    ends = (min(tops), max(tops)) if tops else ()
    found = next(
        (
            word.boxes[0]
            for line in lines
            for word in (line[0], line[-1])
            if word.text == number and any(abs(word.boxes[0][1] - end) < LEVEL for end in ends)
        ),
        None,
    )
    for line in lines:
        at = around([word.boxes[0] for word in line])
        if found is None or at[1] > found[3] or at[3] < found[1]:
            yield line
