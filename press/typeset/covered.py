"""Words that a style sheet of the author's lays something over: read from the printed page.

Each page is printed three times: as it is, without its words, and with nothing but its words. Where
words have ink and the page would look the same without them, something lies over them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import c_float
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from press.base import pdfium
from press.base.finding import Rect
from press.design.contrast import contrast, hex_of
from press.typeset.blame import COVERING, coloured, suspects
from press.typeset.expected import Expected
from press.typeset.layout import Layout, TextLine
from press.typeset.set_drawings import LEAST_CONTRAST
from press.typeset.typeset import SetPages

Ink = NDArray[np.bool_]
"""Where a page has ink, in points from its upper left corner times ``SCALE``."""
SCALE = 1.0
FAINT = 40
"""The difference of a colour, of 255, from which on a point of a page is another."""
LEAST_INK = 6
"""Points with ink that a piece of a line has at the least, for anybody to ask after it."""
LEAST_OVER = 2.0
"""Points by which something reaches over words at the least, for anybody to look closer."""
LEAST_SEEN = 0.3
"""The share of the ink of a piece of a line that is seen at the least."""
DEEP = 15
"""Groups within groups on a page that are looked into."""


OVER = "something lies over it"


@dataclass(frozen=True)
class Unseen:
    """Words of a line that cannot be seen: why, where, and the innermost element around them.

    ``colours`` are those of the words and of their ground, where these are alike.
    """

    why: str
    line: TextLine
    words: str
    box: Rect
    element: Any
    colours: frozenset[str] = frozenset()


def faint(pages: SetPages, expected: Expected) -> Iterator[Unseen]:
    """Words in the colour of what is under them, or nearly so, which nobody sees."""
    for line in pages.layout.lines if coloured(expected) else ():
        for run in line.runs:
            if contrast(run.ink, run.ground) < LEAST_CONTRAST and run.text.strip():
                ink, ground = hex_of(run.ink), hex_of(run.ground)
                colours = frozenset({ink, ground})
                yield Unseen(
                    f"it is {ink} on {ground}", line, run.text, line.box, run.element, colours
                )


def covered(pages: SetPages, expected: Expected) -> Iterator[Unseen]:
    """Words that something lies over."""
    if not pages.pdf or not suspects(expected, COVERING):
        return
    on: dict[int, list[TextLine]] = {}
    for line in _drawn(pages.layout):
        on.setdefault(line.page, []).append(line)
    with pdfium.opened(pages.pdf) as document:
        for number in sorted(on):
            yield from _on_page(document[number - 1], on[number])


def _drawn(layout: Layout) -> Iterator[TextLine]:
    """Lines of words in a colour that makes a difference to their ground, on the page as well.

    Of others W509 tells: whether something lies over them does not show, and small letters have
    half their colour.
    """
    least = 2 * FAINT / 255
    for line in layout.lines:
        if any(
            max(abs(a - b) for a, b in zip(run.ink, run.ground, strict=True)) > least
            for run in line.runs
        ):
            yield line


def _on_page(page: Any, lines: Sequence[TextLine]) -> Iterator[Unseen]:
    """The lines of words of one page that cannot be seen."""
    if not _may_cover(page, lines):
        return
    whole = pixels(page, ())
    seen = differs(whole, pixels(page, WORDS))
    ink = _ink_of_words(page, lines)
    text = None
    for line in lines:
        if box := _hidden(line, ink, seen):
            tall, text = page.get_height(), text or page.get_textpage()
            area = (box[0], tall - box[3], box[2], tall - box[1])
            words = " ".join(text.get_text_bounded(*area).split())
            yield Unseen(OVER, line, words or line.text, box, line.element)


WORDS = (raw.FPDF_PAGEOBJ_TEXT,)
OTHERS = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
"""What is on a page beside words and groups."""
PALE = 0.5
"""How light words are, from 0 to 1, that have little ink on white."""


def _ink_of_words(page: Any, lines: Sequence[TextLine]) -> Ink:
    """Where the words of a page have ink of any colour: printed alone on white, and on black."""
    bare = pixels(page, OTHERS)
    ink = differs(bare, np.full_like(bare, 255))
    if any(min(run.ink) > PALE for line in lines for run in line.runs):
        bare = pixels(page, OTHERS, ground=0)
        ink |= differs(bare, np.full_like(bare, 0))
    return ink


def _may_cover(page: Any, lines: Sequence[TextLine]) -> bool:
    """Whether anything on a page is printed after words of its lines, over half their height."""
    tall = page.get_height()
    edges = np.array([(one.left, tall - one.bottom, one.right, tall - one.top) for one in lines])
    items = list(pdfium.objects(page))
    boxes = np.array([clipped(*item) for item in items]).reshape(-1, 4)
    worded = np.array([_has_words(*item) for item in items], np.bool_)
    worded[worded] = _meeting(edges, boxes[worded], 0.0).any(axis=0)
    others = np.array([kind != raw.FPDF_PAGEOBJ_TEXT for _, kind in items], np.bool_)
    under, over = np.flatnonzero(worded), np.flatnonzero(others)
    met = _meeting(boxes[under], boxes[over], 0.5)
    return bool((met & (under[:, None] < over[None, :])).any())


CLIPPED = (raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_SHADING)
"""What is as large as the page itself, and seen where it is clipped: gradients, groups."""


def clipped(item: Any, kind: int) -> Rect:
    """The bounds of an object of a page, in points: of a clipped group those of its clip."""
    left, bottom, right, top = pdfium.bounds(item)
    path = raw.FPDFPageObj_GetClipPath(item) if kind in CLIPPED else None
    for number in range(raw.FPDFClipPath_CountPaths(path) if path else 0):
        count = raw.FPDFClipPath_CountPathSegments(path, number)
        points = [_point(raw.FPDFClipPath_GetPathSegment(path, number, n)) for n in range(count)]
        if points:
            across, up = ([point[axis] for point in points] for axis in (0, 1))
            left, right = max(left, min(across)), min(right, max(across))
            bottom, top = max(bottom, min(up)), min(top, max(up))
    return left, bottom, right, top


def _has_words(item: Any, kind: int) -> bool:
    """Whether an object of a page is words, or a group that holds some."""
    if kind != raw.FPDF_PAGEOBJ_FORM:
        return bool(kind == raw.FPDF_PAGEOBJ_TEXT)
    count = raw.FPDFFormObj_CountObjects(item)
    inside = (raw.FPDFFormObj_GetObject(item, number) for number in range(count))
    return any(_has_words(one, raw.FPDFPageObj_GetType(one)) for one in inside)


def _point(segment: Any) -> tuple[float, float]:
    x, y = c_float(), c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _meeting(
    boxes: NDArray[np.float64], others: NDArray[np.float64], share: float
) -> NDArray[np.bool_]:
    """Which of ``others``, by columns, reach over more than a share of the height of each box."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    shared = np.minimum(boxes[:, None, 2:], others[None, :, 2:]) - low
    least = (boxes[:, 3] - boxes[:, 1])[:, None] * share
    return np.asarray((shared[:, :, 0] > LEAST_OVER) & (shared[:, :, 1] > least), np.bool_)


Pixels = NDArray[np.uint8]
"""A page as it is printed: its colours by row and column."""


def pixels(page: Any, without: Sequence[int], scale: float = SCALE, ground: int = 255) -> Pixels:
    """A page as it is printed on ``ground``, 255 for white, without these kinds, also in groups."""
    gone = pdfium.objects(page, without, DEEP) if without else ()
    with pdfium.left_out(item for item, _ in gone):
        return printed(page, scale, ground)


def printed(page: Any, scale: float = SCALE, ground: int = 255) -> Pixels:
    """A page as it is printed on ``ground``."""
    fill = (ground, ground, ground, 255)
    return np.array(page.render(scale=scale, fill_color=fill).to_numpy())


def differs(one: Pixels, other: Pixels, faint: int = FAINT) -> Ink:
    """Where two pictures of a page differ."""
    far = np.maximum(one, other) - np.minimum(one, other) > faint
    return np.asarray(far[:, :, 0] | far[:, :, 1] | far[:, :, 2], np.bool_)


def _hidden(line: TextLine, ink: Ink, seen: Ink) -> Rect | None:
    """The box of what of a line cannot be seen, though it is there; None where all of it can."""
    left, top, right, bottom = (max(0, round(edge * SCALE)) for edge in line.box)
    wide = max(2, (bottom - top) * 2)
    here = ink[top:bottom, left:right]
    there, left_over = _counts(here, wide), _counts(here & seen[top:bottom, left:right], wide)
    lost = np.flatnonzero((there >= LEAST_INK) & (left_over < LEAST_SEEN * there)).tolist()
    if not lost:
        return None
    first, last = left + wide * lost[0], min(left + wide * (lost[-1] + 1), right)
    return first / SCALE, line.top, last / SCALE, line.bottom


def _counts(ink: Ink, wide: int) -> NDArray[np.intp]:
    """How much ink there is in each piece of a line, ``wide`` points each."""
    if not ink.size:
        return np.zeros(0, np.intp)
    columns = np.count_nonzero(ink, axis=0)
    return np.asarray(np.add.reduceat(columns, np.arange(0, len(columns), wide)), np.intp)
