"""Pictures and drawings that a style sheet of the author's lays something over.

The objects of a picture bear its mark for readers who listen; what is printed after them, and is
not of it, may lie over it. Then the page is printed with and without the picture, and that alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

from press.base import pdfium
from press.base.finding import Rect
from press.typeset.blame import COVERING, suspects
from press.typeset.covered import Ink, differs, printed
from press.typeset.expected import Expected
from press.typeset.set_elements import SetElement
from press.typeset.typeset import SetPages

LEAST_OVER = 0.2
"""The share of a picture that something printed after it reaches over, for anybody to look."""
LEAST_SEEN = 0.5
"""The share of what a picture draws that has to be seen."""
LEAST_SIZE = 400.0
"""The area of a picture in square points below which it is a sign in a line."""
LEAST_INK = 50
"""Points in which a picture is other than white, for anybody to ask after it."""
NEAR = 0.7
"""The share of a picture's box in which all of its objects stand."""


def covered_pictures(pages: SetPages, expected: Expected) -> Iterator[SetElement]:
    """The pictures and drawings of which something covers the greater part."""
    large = [one for one in pages.elements if one.picture and one.box and _is_large(one.box)]
    if not pages.pdf or not large or not suspects(expected, COVERING):
        return
    with pdfium.opened(pages.pdf) as document:
        for number, found in groupby(large, key=lambda one: one.page):
            page = document[number - 1]
            objects = _objects(page)
            for picture in found:
                box = picture.box or (0.0, 0.0, 0.0, 0.0)
                mark = _mark(objects, page.get_height(), box)
                if mark is not None and _is_lost(box, *_seen_of(page, mark)):
                    yield picture


def _is_large(box: Rect) -> bool:
    return (box[2] - box[0]) * (box[3] - box[1]) > LEAST_SIZE


@dataclass(frozen=True)
class _Placed:
    """What is printed on a page but for words, in the order of print: bounds, and marks or -1."""

    bounds: NDArray[np.float64]
    marks: NDArray[np.int_]


def _objects(page: Any) -> _Placed:
    others = [i for i, kind in pdfium.objects(page) if kind != raw.FPDF_PAGEOBJ_TEXT]
    bounds = np.array([pdfium.bounds(item) for item in others]).reshape(-1, 4)
    marks = [raw.FPDFPageObj_GetMarkedContentID(item) for item in others]
    return _Placed(bounds, np.array(marks, np.int_))


def _mark(placed: _Placed, tall: float, box: Rect) -> int | None:
    """The mark of a picture's objects, where something is printed over them; else None."""
    left, top, right, bottom = box
    area = np.array([left, tall - bottom, right, tall - top])
    shared, sizes = _shared(placed.bounds, area), _sizes(placed.bounds)
    within = (placed.marks >= 0) & (shared >= NEAR * sizes)
    over = shared >= LEAST_OVER * _sizes(area[None, :])[0]
    for mark in dict.fromkeys(placed.marks[within].tolist()):
        last = np.flatnonzero(within & (placed.marks == mark))[-1]
        if (over & (placed.marks != mark))[last + 1 :].any():
            return int(mark)
    return None


def _shared(bounds: NDArray[np.float64], area: NDArray[np.float64]) -> NDArray[np.float64]:
    """The size of what each box has in common with an area."""
    shared = np.minimum(bounds[:, 2:], area[2:]) - np.maximum(bounds[:, :2], area[:2])
    return np.asarray(np.clip(shared, 0.0, None).prod(axis=1), np.float64)


def _sizes(bounds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.maximum((bounds[:, 2:] - bounds[:, :2]).prod(axis=1), 1e-6), np.float64)


def _seen_of(page: Any, mark: int) -> tuple[Ink, Ink]:
    """Where what bears a mark has ink when it is printed alone, and where the page needs it."""
    marked = [(raw.FPDFPageObj_GetMarkedContentID(i) == mark, i) for i, _ in pdfium.objects(page)]
    whole = printed(page)
    with pdfium.left_out(item for own, item in marked if not own):
        alone = printed(page)
    with pdfium.left_out(item for own, item in marked if own):
        without = printed(page)
    return differs(alone, np.full_like(alone, 255)), differs(whole, without)


def _is_lost(box: Sequence[float], ink: Ink, seen: Ink) -> bool:
    left, top, right, bottom = (max(0, round(edge)) for edge in box)
    there, left_over = ink[top:bottom, left:right], seen[top:bottom, left:right]
    count = int(there.sum())
    return count >= LEAST_INK and int((there & left_over).sum()) < LEAST_SEEN * count
